import {
  type AuthService,
  type LoggerService,
} from '@backstage/backend-plugin-api';
import { isError, ServiceUnavailableError } from '@backstage/errors';
import { type CatalogService } from '@backstage/plugin-catalog-node';
import { type Source } from '@callboard/backstage-plugin-gitops-common';
import { type EnvironmentConfig } from '@callboard/backstage-plugin-gitops-node';
import { type ApplicationHub } from '../applications/ApplicationHub';
import { declaredEntity } from '../applications/declaredEntity';
import { isRootOf } from '../applications/isRootOf';
import { type ProjectOwners } from '../deployments/deriveProof';
import { applicationRef } from '../deployments/mapDeployment';
import { type SetupAuthorizer } from '../setup/SetupAuthorizer';
import { unhurriedly } from '../unhurriedly';
import { CatalogReader } from './CatalogReader';
import { EntityMatches } from './EntityMatches';
import { type FindingSurroundings } from './FindingSurroundings';
import { UnmatchedService, type UnmatchedSnapshot } from './UnmatchedService';
import { deriveFindings } from './deriveFindings';
import { mapFinding } from './mapFinding';
import { byId } from './pages';

/** A catalog with more is read so far, and the answer says so. */
const MOST_ENTITIES = 100_000;

interface Parts {
  readonly hub: ApplicationHub;
  readonly environments: readonly EnvironmentConfig[];
  readonly projectOwners: ProjectOwners;
  readonly catalog: CatalogService;
  readonly auth: AuthService;
  readonly gitHubHost: string;
  readonly authorizer: SetupAuthorizer;
  readonly logger: LoggerService;
}

/** Works out from memory and the catalog what does not come together. */
export function createUnmatchedService(parts: Parts): UnmatchedService {
  const reader = new CatalogReader(parts);
  return new UnmatchedService({
    ...parts,
    takeSnapshot: () =>
      takeSnapshot(parts, reader).catch(error => {
        parts.logger.warn('The catalog could not be read for matching', {
          detail: isError(error) ? error.message : 'unknown',
        });
        throw new ServiceUnavailableError(
          'The catalog could not be read, so nobody can say what does not match. Try again in a minute; the log of the backend has the reason.',
        );
      }),
  });
}

async function takeSnapshot(
  parts: Parts,
  reader: CatalogReader,
): Promise<UnmatchedSnapshot> {
  const { hub, environments } = parts;
  const matches = new EntityMatches({
    ...parts,
    known: { store: hub.store, roots: hub.roots },
  });
  const isComplete = await matchAll(matches, reader);
  const applications = hub.store.all();
  const declared = new Set(
    applications.flatMap(application => declaredEntity(application) ?? []),
  );
  const unread = [...declared].filter(ref => !matches.has(ref));
  const existing = await reader.existing(unread);
  const views = new Map(hub.instances.map(view => [view.name, view]));
  const findings = deriveFindings(applications, matches, {
    instances: [...views.keys()],
    isEntity: ref => matches.has(ref) || existing.has(ref),
    isRoot: application =>
      environments.some(environment => isRootOf(application, environment)),
    isRead: instance =>
      views.has(instance) && !views.get(instance)?.source.neverRead,
  });
  const surroundings = surroundingsOf(parts);
  const checkedAt = new Date().toISOString();
  return {
    items: findings
      .map(finding =>
        mapFinding(
          finding,
          'application' in finding
            ? applicationRef({
                application: finding.application,
                instanceUrl: views.get(finding.application.instance)?.url,
              })
            : undefined,
          surroundings,
        ),
      )
      .sort(byId),
    sources: [
      ...hub.instances.map(({ source }) => source),
      catalogSource(isComplete, checkedAt),
    ],
    checkedAt,
    isProvisional: hub.instances.some(({ source }) => source.neverRead),
  };
}

/** @returns whether the whole catalog was read. */
async function matchAll(
  matches: EntityMatches,
  reader: CatalogReader,
): Promise<boolean> {
  let read = 0;
  for await (const entries of reader.entries()) {
    for await (const entry of unhurriedly(entries)) {
      matches.add(entry);
    }
    read += entries.length;
    if (read >= MOST_ENTITIES) {
      return false;
    }
  }
  if (matches.parts.areThere) {
    await matchParts(matches, reader);
  }
  return true;
}

async function matchParts(
  matches: EntityMatches,
  reader: CatalogReader,
): Promise<void> {
  for await (const entries of reader.othersWithParts()) {
    for await (const entry of unhurriedly(entries)) {
      matches.addParts(entry);
    }
  }
}

function catalogSource(isComplete: boolean, since: string): Source {
  return {
    name: 'catalog',
    state: isComplete ? 'ok' : 'limited',
    since,
    ...(!isComplete && {
      message: `The catalog has more than ${MOST_ENTITIES} entities that may have applications. Only so many were looked at: some findings may be wrong because the right entity was not among them.`,
    }),
  };
}

function surroundingsOf({ hub, environments }: Parts): FindingSurroundings {
  const names = hub.store.all().map(({ name }) => name);
  return {
    instances: hub.instances.map(({ name }) => name),
    sharedProjects: environments.map(({ project }) => project),
    lookUp: name => ({
      same: hub.store
        .byName(name)
        .map(application => applicationRef({ application })),
      longer: names.filter(other => other.startsWith(`${name}-`)).sort(),
    }),
  };
}
