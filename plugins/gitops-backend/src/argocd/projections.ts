/*
 * What is asked for, so that Argo CD sends no more than is used. Lists know a
 * fixed set of fields (unknown ones are ignored by older versions); streams
 * know any path.
 */
const LISTED = [
  'metadata.name',
  'metadata.namespace',
  'metadata.labels',
  'metadata.annotations',
  'metadata.creationTimestamp',
  'metadata.deletionTimestamp',
  'spec',
  'status.sync.status',
  'status.sync.revision',
  'status.health',
  'status.operationState.phase',
  'status.operationState.startedAt',
  'status.operationState.finishedAt',
];

// Without `resourceVersion` and `reconciledAt`, so that the server does not
// send an event for a look that found nothing new.
const STREAMED = [
  'metadata.name',
  'metadata.namespace',
  'metadata.labels',
  'metadata.annotations',
  'metadata.creationTimestamp',
  'metadata.deletionTimestamp',
  'metadata.ownerReferences',
  'spec.project',
  'spec.source',
  'spec.sources',
  'spec.sourceHydrator',
  'spec.destination',
  'spec.syncPolicy',
  'status.sync.status',
  'status.sync.revision',
  'status.health',
  'status.history',
  'status.conditions',
  'status.operationState.phase',
  'status.operationState.message',
  'status.operationState.startedAt',
  'status.operationState.finishedAt',
  'status.operationState.syncResult.revision',
  'status.operationState.syncResult.source',
  'status.operationState.syncResult.resources.images',
  'status.operationState.operation.sync.dryRun',
  'status.operationState.operation.sync.resources',
  'status.operationState.operation.initiatedBy',
  'status.operationState.operation.info',
];

/** Query parameter `fields` of the list of applications. */
export const LIST_FIELDS = LISTED.map(field => `items.${field}`).join(',');

/**
 * Query parameter `fields` of the stream of applications. Without `error` in
 * it Argo CD would filter its error messages away.
 */
export const STREAM_FIELDS = [
  'result.type',
  ...STREAMED.map(field => `result.application.${field}`),
  'error',
].join(',');

/** Query parameter `fields` of an application's managed resources. */
export const MANAGED_RESOURCE_FIELDS = ['kind', 'liveState', 'hook']
  .map(field => `items.${field}`)
  .join(',');
