import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { TEMPLATE_ANNOTATION } from '@callboard/backstage-plugin-gitops-common';
import {
  type HostedRepository,
  type RepositoryFacts,
  RepositoryRefusedError,
} from '@callboard/backstage-plugin-gitops-node';
import { parseAllDocuments } from 'yaml';

const CATALOG_INFO = 'catalog-info.yaml';
const DEFAULT_BRANCH = 'main';

/**
 * What is at the place of a new service's repository. `ours`: the template
 * created it for the same service and the same owner.
 */
type RepositoryState = 'absent' | 'empty' | 'ours' | 'foreign';

/**
 * Looks at the place of a new service's repository.
 *
 * @throws RepositoryRefusedError where it is there, and archived.
 */
export async function inspectRepository(options: {
  repository: HostedRepository;
  service: { name: string; owner: string };
}): Promise<{ state: RepositoryState; defaultBranch: string }> {
  const { repository, service } = options;
  const facts = await describe(repository);
  if (!facts) {
    return { state: 'absent', defaultBranch: DEFAULT_BRANCH };
  }
  if (facts.archived) {
    throw new RepositoryRefusedError(
      'archived',
      `${repository.url} exists and is archived. Choose another name, or unarchive it first.`,
    );
  }
  if (facts.empty) {
    return { state: 'empty', defaultBranch: DEFAULT_BRANCH };
  }
  const { defaultBranch } = facts;
  const { sha } = await repository.head(defaultBranch);
  const files = await repository.readFiles(sha, [CATALOG_INFO]);
  return {
    state: describes(files[CATALOG_INFO], service) ? 'ours' : 'foreign',
    defaultBranch,
  };
}

async function describe(
  repository: HostedRepository,
): Promise<RepositoryFacts | undefined> {
  try {
    return await repository.describe();
  } catch (error) {
    if (
      error instanceof RepositoryRefusedError &&
      error.refusal === 'missing'
    ) {
      return undefined;
    }
    throw error;
  }
}

/** Whether a catalog-info.yaml is the one that the template wrote for the service. */
function describes(
  text: string | null | undefined,
  service: { name: string; owner: string },
): boolean {
  return parseAllDocuments(text ?? '')
    .filter(document => document.errors.length === 0)
    .some(
      document =>
        document.getIn(['metadata', 'name']) === service.name &&
        document.getIn(['metadata', 'annotations', TEMPLATE_ANNOTATION]) !==
          undefined &&
        sameOwner(document.getIn(['spec', 'owner']), service.owner),
    );
}

function sameOwner(found: unknown, wanted: string): boolean {
  return typeof found === 'string' && ownerRef(found) === ownerRef(wanted);
}

function ownerRef(text: string): string | undefined {
  try {
    const parsed = parseEntityRef(text, {
      defaultKind: 'group',
      defaultNamespace: 'default',
    });
    return stringifyEntityRef(parsed);
  } catch {
    return undefined;
  }
}
