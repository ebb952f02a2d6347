import { isDeepStrictEqual } from 'node:util';
import { type Application } from './Application';

/** Whether nothing that a list tells differs. */
export function isAsListed(known: Application, listed: Application): boolean {
  // Before Argo CD 3.5, and of several sources, lists tell no revision.
  const { revisions } = listed.sync;
  return (
    isDeepStrictEqual(listedOf(known), listedOf(listed)) &&
    (revisions.length === 0 ||
      isDeepStrictEqual(known.sync.revisions, revisions))
  );
}

function listedOf(application: Application) {
  const { sync, health, operation } = application;
  return {
    createdAt: application.createdAt,
    deletedAt: application.deletedAt,
    labels: application.labels,
    annotations: application.annotations,
    project: application.project,
    sourcesHash: application.sourcesHash,
    destination: application.destination,
    automated: application.automated,
    selfHeals: application.selfHeals,
    sync: sync.status,
    health: health.status,
    phase: operation?.phase,
    startedAt: operation?.startedAt,
    finishedAt: operation?.finishedAt,
  };
}
