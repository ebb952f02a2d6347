import { type DeploymentCondition } from '@callboard/backstage-plugin-gitops-common';
import { type Condition } from '../applications/Application';
import { causeOf, isOfCluster } from '../deployments/deriveSyncMessage';
import { toPublicText } from '../deployments/toPublicText';

type Words = Pick<DeploymentCondition, 'meaning' | 'fix'>;

/**
 * Argo CD's conditions in plain words; see
 * https://github.com/argoproj/argo-cd/blob/master/pkg/apis/application/v1alpha1/types.go
 */
const CONDITIONS: Record<string, Words> = {
  DeletionError: {
    meaning: 'Argo CD cannot delete what it deployed',
    fix: 'Look at what the message names: most often a finalizer of one of the objects waits for something.',
  },
  InvalidSpecError: {
    meaning: 'The Application itself is not valid',
    fix: 'Correct the Application in the platform repository: its project, source or destination is not allowed or does not exist.',
  },
  ComparisonError: {
    meaning: 'Argo CD cannot tell what should run',
    fix: 'Correct the manifests that the message names, in the repository that they come from. What runs goes on running meanwhile.',
  },
  SyncError: {
    meaning: 'The last sync failed, and the same commit is not tried again',
    fix: 'Correct what the message names and push, or sync again if the cause is gone.',
  },
  UnknownError: {
    meaning: 'Argo CD reports an error',
    fix: 'If it stays, ask the team that runs Argo CD.',
  },
  SharedResourceWarning: {
    meaning: 'Another application manages some of the same objects',
    fix: 'Let only one application have the object that the message names, or both undo each other’s changes.',
  },
  RepeatedResourceWarning: {
    meaning: 'An object is in the manifests more than once',
    fix: 'Remove one of them: only the last counts.',
  },
  ExcludedResourceWarning: {
    meaning: 'Argo CD is told to leave some of the objects alone',
    fix: 'Ask the team that runs Argo CD for the kinds it excludes, or deploy the object in another way.',
  },
  OrphanedResourceWarning: {
    meaning: 'The namespace has objects that no application manages',
    fix: 'Delete them, or put them into Git.',
  },
};

const CLUSTER_AWAY: Words = {
  meaning: 'Argo CD cannot reach the cluster',
  fix: 'Ask the team that runs the cluster. What is shown is what Argo CD saw last; what runs may run on, and changes wait.',
};

const OTHER: Words = {
  meaning: 'Argo CD reports something',
  fix: 'The message tells more.',
};

/** A condition, with what it means and what to do about it. */
export function describeCondition(condition: Condition): DeploymentCondition {
  const { type, message, since } = condition;
  return {
    type,
    severity: type.endsWith('Error') ? 'error' : 'warning',
    ...wordsFor(condition),
    message: toPublicText(causeOf(message)),
    ...(since && { since }),
  };
}

function wordsFor(condition: Condition): Words {
  const { type } = condition;
  if (isOfCluster(condition)) {
    return CLUSTER_AWAY;
  }
  return (Object.hasOwn(CONDITIONS, type) && CONDITIONS[type]) || OTHER;
}
