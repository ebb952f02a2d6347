import {
  type EnvironmentConfig,
  readResources,
} from '@callboard/backstage-plugin-gitops-node';
import {
  type NamedOutcome,
  named,
  ok,
  type Outcome,
  problem,
  unknown,
} from './Check';
import { type RepositoryFacts } from './RepositoryFacts';

/** The files that registrations in an environment edit. */
export function kustomizationsOf({ clusters }: EnvironmentConfig): string[] {
  return [...new Set(clusters.map(({ path }) => `${path}/kustomization.yaml`))];
}

/** Whether the folders of an environment are there, and can be edited. */
export function deriveFolderChecks(
  environment: EnvironmentConfig,
  facts: RepositoryFacts | undefined,
): NamedOutcome[] {
  return kustomizationsOf(environment).map(path =>
    named(`folder:${path}`, path, checkFolder(path, facts)),
  );
}

function checkFolder(
  path: string,
  facts: RepositoryFacts | undefined,
): Outcome {
  const read = facts?.inside?.files.get(path);
  if (!facts || !read) {
    return unknown(
      `${facts?.slug ?? 'The platform repository'} could not be read.`,
    );
  }
  if (read.failure) {
    return read.failure.kind === 'refused'
      ? problem(read.failure.message, { text: 'Correct the file.' })
      : unknown(read.failure.message);
  }
  if (read.value === null) {
    return problem(`${facts.slug} has no ${path} on its default branch.`, {
      text: 'Commit it, or correct the path in gitops.environments.',
      snippets: [
        {
          place: path,
          text: `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization

resources: []
`,
        },
      ],
    });
  }
  return judgeText(read.value);
}

function judgeText(text: string): Outcome {
  try {
    const entries = readResources(text).length;
    return ok(
      `It can be read, and has ${entries} ${
        entries === 1 ? 'resource' : 'resources'
      }.`,
    );
  } catch (error) {
    return problem(
      `The portal cannot edit it: ${
        error instanceof Error ? error.message : 'it is no kustomization'
      }`,
      { text: 'Correct the file: nothing can be registered until then.' },
    );
  }
}
