import { type Application } from '../applications/Application';
import {
  isSameRepository,
  parseRepositoryAddress,
} from '../applications/repositoryAddress';
import { conditionMessage } from '../deployments/deriveSyncMessage';
import { toPublicText } from '../deployments/toPublicText';
import {
  type NamedOutcome,
  named,
  ok,
  type Outcome,
  problem,
  unknown,
  warning,
} from './Check';
import { type InsideFacts } from './InstanceFacts';

const LINK = {
  title: 'Argo CD: private repositories',
  url: 'https://argo-cd.readthedocs.io/en/stable/user-guide/private-repositories/',
};

/**
 * Whether an instance can read the platform repositories.
 *
 * Credential templates and public repositories are in no list: then an
 * application that was read from there tells.
 */
export function deriveCredentialChecks(
  inside: InsideFacts,
  /** Addresses of those that the instance deploys from. */
  platformRepos: readonly string[],
  /** Of the instance. */
  applications: readonly Application[],
): NamedOutcome[] {
  return platformRepos.flatMap(url => {
    const address = parseRepositoryAddress(url);
    if (!address) {
      return [];
    }
    const isIt = (repo: string) => {
      const other = parseRepositoryAddress(repo);
      return other !== undefined && isSameRepository(address, other);
    };
    const readers = applications.filter(({ sources }) =>
      sources.some(({ repo }) => isIt(repo)),
    );
    return named(
      `repository:${address.path}`,
      `Can read ${address.path}`,
      checkCredentials(inside, { isIt, readers, url }),
    );
  });
}

function checkCredentials(
  { repositories }: InsideFacts,
  options: {
    isIt: (repo: string) => boolean;
    readers: readonly Application[];
    url: string;
  },
): Outcome {
  const { isIt, readers, url } = options;
  const entry = repositories.value?.find(({ repo }) => isIt(repo));
  const { status, message } = entry?.connectionState ?? {};
  if (entry && status === 'Failed') {
    return problem(
      `Argo CD has it in its settings, but cannot connect. ${toPublicText(
        message ?? '',
      )}`,
      {
        text: 'Renew the credentials of the repository in Argo CD.',
        link: LINK,
      },
    );
  }
  if (readers.some(application => wasRead(application))) {
    return ok(
      entry
        ? 'Argo CD has it in its settings, and reads it.'
        : 'Argo CD reads it.',
    );
  }
  if (entry) {
    return ok('Argo CD has it in its settings, and can connect.');
  }
  if (repositories.failure) {
    return unknown(
      'The account of the portal may not see the repositories of Argo CD, and no application of it could be read.',
    );
  }
  return warning(
    'Argo CD has no settings for it, and no application was read from it yet. Where it is private, Argo CD needs credentials.',
    {
      text: 'Add it to Argo CD, or a credential template for its organisation.',
      snippets: [
        {
          place: 'shell',
          text: `argocd repo add ${url} --username <name> --password <token>\n`,
        },
      ],
      link: LINK,
    },
  );
}

/** Whether Argo CD has compared it without an error, and so read its sources. */
export function wasRead(application: Application): boolean {
  return (
    application.sync.revisions.length > 0 && !conditionMessage(application)
  );
}
