import { type Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { z } from 'zod/v4';
import { type ArgocdInstance } from './GitopsConfig';
import { argocdAdditionsSchema } from './argocdAdditionsSchema';
import { parseConfig } from './configIssues';
import { webAddress } from './webAddress';

// Roadie's block, and others' plugins read it too: unknown keys are theirs.
const instanceSchema = z.object({
  name: z.string().min(1, 'must not be empty'),
  url: webAddress,
  frontendUrl: webAddress.optional(),
  token: z.string().min(1, 'must not be empty').optional(),
  username: z.string().min(1, 'must not be empty').optional(),
  password: z.string().min(1, 'must not be empty').optional(),
});
const argocdSchema = z.object({
  username: z.string().min(1, 'must not be empty').optional(),
  password: z.string().min(1, 'must not be empty').optional(),
  appLocatorMethods: z
    .array(
      z.object({
        type: z.string(),
        instances: z.array(instanceSchema).optional(),
      }),
    )
    .default([]),
});
type ArgocdBlock = z.output<typeof argocdSchema>;
type InstanceBlock = z.output<typeof instanceSchema>;

/**
 * Reads the Argo CD instances from the `argocd` block, which is that of
 * Roadie's plugin, and their private addresses and scopes from `gitops.argocd`.
 *
 * @returns no instances where there is no `argocd` block.
 *
 * @throws InputError naming the key that is wrong and the fix.
 *
 * @public
 */
export function readArgocdConfig(config: Config): ArgocdInstance[] {
  const block = parseConfig(
    argocdSchema,
    config.getOptional('argocd') ?? {},
    'argocd',
  );
  const ofGitops = parseConfig(
    argocdAdditionsSchema,
    config.getOptional('gitops.argocd'),
    'gitops.argocd',
  );
  const found = block.appLocatorMethods.flatMap((method, index) =>
    method.type === 'config'
      ? (method.instances ?? []).map((instance, at) => ({
          instance,
          key: `argocd.appLocatorMethods[${index}].instances[${at}]`,
        }))
      : [],
  );
  refuseDuplicates(found);
  const names = found.map(({ instance }) => instance.name);
  refuseUnknown('apiUrls', ofGitops.apiUrls, names);
  refuseUnknown('scopes', ofGitops.scopes, names);
  return found.map(({ instance, key }) => ({
    name: instance.name,
    url: instance.frontendUrl ?? instance.url,
    apiUrl: ofGitops.apiUrls[instance.name] ?? instance.url,
    auth: readAuth(block, instance, key),
    ...(ofGitops.scopes[instance.name] && {
      scope: ofGitops.scopes[instance.name],
    }),
  }));
}

function readAuth(
  block: ArgocdBlock,
  instance: InstanceBlock,
  key: string,
): ArgocdInstance['auth'] {
  if (instance.token) {
    return { token: instance.token };
  }
  const username = instance.username ?? block.username;
  const password = instance.password ?? block.password;
  if (username && password) {
    return { username, password };
  }
  throw new InputError(
    username && !password
      ? `${key}.password is missing; set it beside ${key}.username, or set ${key}.token`
      : `${key} has no credentials; set ${key}.token, or username and password there or under argocd`,
  );
}

function refuseDuplicates(
  found: readonly { instance: InstanceBlock; key: string }[],
) {
  found.forEach(({ instance, key }, index) => {
    const first = found.findIndex(
      other => other.instance.name === instance.name,
    );
    if (first !== index) {
      throw new InputError(
        `${key}.name is "${instance.name}", like ${found[first]?.key}.name; give each instance a name of its own`,
      );
    }
  });
}

function refuseUnknown(
  key: string,
  byInstance: Readonly<Record<string, unknown>>,
  names: readonly string[],
) {
  for (const name of Object.keys(byInstance)) {
    if (!names.includes(name)) {
      throw new InputError(
        `gitops.argocd.${key}.${name} names no instance; use one of argocd.appLocatorMethods[].instances[].name: ${
          names.join(', ') || 'there are none'
        }`,
      );
    }
  }
}
