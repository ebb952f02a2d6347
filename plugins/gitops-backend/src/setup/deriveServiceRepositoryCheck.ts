import { type Application } from '../applications/Application';
import {
  isSameRepository,
  parseRepositoryAddress,
  type RepositoryAddress,
} from '../applications/repositoryAddress';
import { causeOf } from '../deployments/deriveSyncMessage';
import { toPublicText } from '../deployments/toPublicText';
import {
  type NamedOutcome,
  named,
  ok,
  type Outcome,
  problem,
  unknown,
} from './Check';
import { type InsideFacts } from './InstanceFacts';
import { wasRead } from './deriveCredentialChecks';
import { isAccessRefused } from './isAccessRefused';
import { listed } from './listed';
import { mentions } from './mentions';

/** A repository that applications come from, and what is known of reading it. */
interface Reading {
  readonly address: RepositoryAddress;
  /** As an Application spells it. */
  readonly repo: string;
  wasRead: boolean;
  /** Why not, as Argo CD says. */
  refused?: string;
}

/**
 * Whether an instance can read the repositories that its applications come
 * from, beside the platform repositories. Credential templates and public
 * repositories are in no list, so only what Argo CD says of them tells.
 *
 * @returns nothing where no application comes from such a repository.
 */
export function deriveServiceRepositoryCheck(
  inside: InsideFacts,
  /** Addresses of the platform repositories. */
  platformRepos: readonly string[],
  /** Of the instance. */
  applications: readonly Application[],
): NamedOutcome[] {
  const platforms = platformRepos.flatMap(
    url => parseRepositoryAddress(url) ?? [],
  );
  const readings = readingsOf(applications).filter(
    ({ address }) =>
      !platforms.some(platform => isSameRepository(platform, address)),
  );
  return readings.length === 0
    ? []
    : [
        named(
          'service-repositories',
          'Can read the repositories of services',
          judge(readings.map(reading => withSettings(reading, inside))),
        ),
      ];
}

function readingsOf(applications: readonly Application[]): Reading[] {
  const readings = new Map<string, Reading>();
  for (const application of applications) {
    const refusal = application.conditions.find(({ message }) =>
      isAccessRefused(message),
    );
    for (const { address, repo } of addressesOf(application)) {
      const key = `${address.host}/${address.path}`;
      const reading = readings.get(key) ?? { address, repo, wasRead: false };
      readings.set(key, reading);
      reading.wasRead ||= wasRead(application);
      if (refusal && isAbout(refusal.message, address, application)) {
        reading.refused ??= refusal.message;
      }
    }
  }
  return [...readings.values()];
}

function addressesOf({
  sources,
}: Application): Pick<Reading, 'address' | 'repo'>[] {
  return sources.flatMap(({ kind, repo }) => {
    const address = kind === 'git' && parseRepositoryAddress(repo);
    return address ? [{ address, repo }] : [];
  });
}

/** A build that fails has read the source; where there are several, the message says which it is about. */
function isAbout(
  message: string,
  { path }: RepositoryAddress,
  { sources }: Application,
): boolean {
  return (
    !message.includes('kustomize build') &&
    (sources.length === 1 || mentions(message, path))
  );
}

/** What the instance's own settings tell, where no application does. */
function withSettings(
  reading: Reading,
  { repositories }: InsideFacts,
): Reading {
  const entry = repositories.value?.find(({ repo }) => {
    const address = parseRepositoryAddress(repo);
    return address && isSameRepository(address, reading.address);
  });
  const { status, message } = entry?.connectionState ?? {};
  if (status === 'Failed') {
    return { ...reading, refused: reading.refused ?? message ?? '' };
  }
  return status === 'Successful' ? { ...reading, wasRead: true } : reading;
}

function judge(readings: readonly Reading[]): Outcome {
  const refused = readings.filter(each => each.refused !== undefined);
  const [first] = refused;
  if (first) {
    return problem(
      `Argo CD may not read ${listed(
        refused.map(({ address }) => address.path),
      )}. ${toPublicText(causeOf(first.refused ?? ''))}`,
      {
        text: 'Add a credential template for the organisation to Argo CD, which serves all its repositories, or each of them; or correct the address in the Application.',
        snippets: [{ place: 'shell', text: addsTemplate(first) }],
        link: {
          title: 'Argo CD: credential templates',
          url: 'https://argo-cd.readthedocs.io/en/stable/user-guide/private-repositories/#credential-templates',
        },
      },
    );
  }
  const read = readings.filter(each => each.wasRead).length;
  if (read === readings.length) {
    return ok(`Argo CD reads all ${read} that applications come from.`);
  }
  const words = `Argo CD reads ${read} of the ${readings.length} that applications come from. Whether it can read the rest is not known: no application of theirs was compared without an error yet, and none says that credentials are missing.`;
  return read > 0 ? ok(words) : unknown(words);
}

function addsTemplate({ repo, address }: Reading): string {
  const organisation = repo
    .replace(/(?<=^https?:\/\/)[^/@]*@/i, '')
    .replace(/\/[^/]+\/*$/, '');
  return `argocd repocreds add ${organisation} ${
    address.ssh
      ? '--ssh-private-key-path <file>'
      : '--username <name> --password <token>'
  }\n`;
}
