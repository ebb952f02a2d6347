import { type ScmIntegrations } from '@backstage/integration';
import {
  type Deployment,
  type DeploymentAccess,
  type Revision,
} from '@callboard/backstage-plugin-gitops-common';
import {
  type Application,
  type SourceRevision,
} from '../applications/Application';
import { type ApplicationDetails } from '../applications/ApplicationDetails';
import { type RootPart } from './derivePart';
import { deriveSyncMessage } from './deriveSyncMessage';
import { type Place } from './locateApplication';
import { mapRevision } from './mapRevision';
import { toPublicText } from './toPublicText';

/** What is known about an application, and about what surrounds it. */
interface DeploymentFacts {
  readonly application: Application;
  readonly details: ApplicationDetails;
  readonly place: Place;
  /** What of the application is the service's; absent where all of it is. */
  readonly part?: RootPart;
  readonly access: DeploymentAccess;
  /** Address of the instance's user interface. */
  readonly instanceUrl?: string;
  readonly observedAt: string;
  readonly integrations: Pick<ScmIntegrations, 'byUrl' | 'byHost'>;
}

/** Translates an application into a row of the matrix. */
export function mapDeployment(facts: DeploymentFacts): Deployment {
  const { application, details, place, observedAt, access } = facts;
  return {
    // A preview may share the cluster of an environment, and is none of it.
    ...(place.environment && !details.preview
      ? { environment: place.environment }
      : {}),
    cluster: place.cluster,
    application: applicationRef(facts),
    ...(details.preview && { preview: details.preview }),
    ...(application.applicationSet && {
      applicationSet: application.applicationSet,
    }),
    ...(facts.part ? mapPart(facts.part, facts) : mapWhole(facts)),
    observedAt,
    access,
  };
}

type State = Omit<
  Deployment,
  'cluster' | 'application' | 'observedAt' | 'access'
>;

function mapWhole(facts: DeploymentFacts): State {
  const { application, details, integrations } = facts;
  const { sync, health } = application;
  const deployed = details.behind ?? application.deployed;
  return {
    ...(details.desired && { desired: details.desired }),
    ...(details.live && { live: details.live }),
    sync: {
      status: sync.status,
      ...message(deriveSyncMessage(application)),
    },
    health: {
      status: health.status,
      ...message(details.healthMessage && toPublicText(details.healthMessage)),
    },
    revisions: mapRevisions(deployed?.revisions ?? [], integrations),
    ...(deployed?.at && { since: deployed.at }),
  };
}

/** When it was deployed the root cannot tell: its history is that of all services. */
function mapPart(
  part: RootPart,
  { integrations }: Pick<DeploymentFacts, 'integrations'>,
): State {
  const { desired, live, sync, health, revisions, guess } = part;
  return {
    ...(desired && { desired }),
    ...(live && { live }),
    sync,
    health: {
      status: health.status,
      ...message(health.message && toPublicText(health.message)),
    },
    revisions: mapRevisions(revisions, integrations),
    ...(guess && {
      approximate: { message: toPublicText(`${guess.why} ${guess.fix.text}`) },
    }),
  };
}

/** An application as the API names it, with a link to Argo CD. */
export function applicationRef({
  application,
  instanceUrl,
}: Pick<
  DeploymentFacts,
  'application' | 'instanceUrl'
>): Deployment['application'] {
  const { instance, namespace, name } = application;
  const path = [namespace, name].map(encodeURIComponent).join('/');
  return {
    instance,
    namespace,
    name,
    ...(instanceUrl && {
      url: `${instanceUrl.replace(/\/+$/, '')}/applications/${path}`,
    }),
  };
}

function mapRevisions(
  revisions: readonly SourceRevision[],
  integrations: DeploymentFacts['integrations'],
): Revision[] {
  return revisions.map(revision => mapRevision(revision, integrations));
}

function message(text: string | undefined): { message?: string } {
  return text ? { message: text } : {};
}
