import { z } from 'zod/v4';

// Shapes: https://github.com/argoproj/argo-cd/blob/master/assets/swagger.json

export const versionAnswer = z.object({ Version: z.string() });

/** Always 200; `{}` for who is not logged in. */
export const userInfo = z.object({
  loggedIn: z.boolean().nullish(),
  username: z.string().nullish(),
});

export const canIAnswer = z.object({ value: z.string() });

const strings = z.array(z.string()).nullish();

export const project = z.object({
  metadata: z.object({ name: z.string() }),
  spec: z.object({
    sourceRepos: strings,
    destinations: z
      .array(
        z.object({
          server: z.string().nullish(),
          name: z.string().nullish(),
          namespace: z.string().nullish(),
        }),
      )
      .nullish(),
    clusterResourceWhitelist: z
      .array(z.object({ group: z.string(), kind: z.string() }))
      .nullish(),
  }),
});

export type ArgoProject = z.output<typeof project>;

const repository = z.object({
  repo: z.string(),
  connectionState: z
    .object({ status: z.string().nullish(), message: z.string().nullish() })
    .nullish(),
});

export type ArgoRepository = z.output<typeof repository>;

export const repositoryList = z.object({
  items: z.array(repository).nullish(),
});
