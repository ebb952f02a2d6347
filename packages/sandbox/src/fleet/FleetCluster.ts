import { createHash } from 'node:crypto';
import { type Application, type HealthCode } from '../argocd/Application';
import { trackedManifest } from '../argocd/tracking';
import { Cluster } from '../cluster/Cluster';
import { type Deployment, type ReplicaCounts } from '../cluster/Deployment';
import {
  keyOf,
  type KubeObject,
  refOf,
  type ResourceRef,
} from '../cluster/KubeObject';

/** An application that has been deployed, and what it deployed. */
export interface Deployed {
  readonly application: Application;
  readonly manifests: readonly KubeObject[];
}

/**
 * A cluster whose objects are made when somebody asks for one: what the
 * application of that namespace deployed last, as healthy as the application is.
 * Ten thousand applications' objects would not fit in a laptop.
 */
export class FleetCluster extends Cluster {
  readonly #deployedIn: (namespace: string) => Deployed | undefined;
  /** Fills in what an API server would. */
  readonly #defaults: Cluster;
  /** The last namespace that was asked about: a dozen questions about one are usual. */
  #last:
    | { application: Application; objects: Map<string, KubeObject> }
    | undefined;

  constructor(
    cluster: { name: string; server: string },
    deployedIn: (namespace: string) => Deployed | undefined,
  ) {
    super(cluster);
    this.#deployedIn = deployedIn;
    this.#defaults = new Cluster(cluster);
  }

  override get(ref: ResourceRef): KubeObject | undefined {
    const deployed = this.#deployedIn(ref.namespace);
    if (!deployed) return undefined;
    const { application } = deployed;
    if (this.#last?.application !== application) {
      const objects = deployed.manifests.map(manifest =>
        this.#live(trackedManifest(manifest, application), application),
      );
      this.#last = {
        application,
        objects: new Map(objects.map(each => [keyOf(refOf(each)), each])),
      };
    }
    return this.#last.objects.get(keyOf(ref));
  }

  #live(manifest: KubeObject, application: Application): KubeObject {
    const applied = this.#defaults.predict(manifest);
    const { status, metadata } = application;
    const health = status?.health?.status ?? 'Healthy';
    return {
      ...applied,
      metadata: {
        ...applied.metadata,
        uid: uidOf(manifest, this.server),
        creationTimestamp: metadata.creationTimestamp,
        generation: 1,
        resourceVersion: metadata.resourceVersion,
      },
      ...(applied.kind === 'Deployment' && {
        status: deploymentStatus(applied as Deployment, health),
      }),
    };
  }
}

/** What a Deployment says of itself for Argo CD to find that health. */
function deploymentStatus(
  { spec: { replicas: wanted = 1 } }: Deployment,
  health: HealthCode,
): ReplicaCounts {
  const available = health === 'Progressing' ? wanted - 1 : wanted;
  const counts = {
    observedGeneration: 1,
    replicas: wanted,
    updatedReplicas: wanted,
    readyReplicas: available,
    availableReplicas: available,
  };
  if (health !== 'Degraded') return counts;
  return {
    ...counts,
    readyReplicas: 0,
    availableReplicas: 0,
    unavailableReplicas: wanted,
    conditions: [
      {
        type: 'Progressing',
        status: 'False',
        reason: 'ProgressDeadlineExceeded',
      },
    ],
  };
}

function uidOf(object: KubeObject, server: string): string {
  const hash = createHash('md5')
    .update(`${server}/${keyOf(refOf(object))}`)
    .digest('hex');
  return hash.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
