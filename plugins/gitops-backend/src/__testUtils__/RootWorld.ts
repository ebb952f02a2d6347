import { type Entity } from '@backstage/catalog-model';
import { type PolicyDecision } from '@backstage/plugin-permission-common';
import { type Deployment } from '@callboard/backstage-plugin-gitops-common';
import { ScriptedArgocd } from './ScriptedArgocd';
import { argocdBlock, gitopsBlock } from './environments';
import { rootJson, type RootObject, service } from './rootJson';
import { type Gitops, startGitops } from './startGitops';

/** An Argo CD with a root that deploys several services, and a portal in front of it. */
export class RootWorld {
  readonly argocd: ScriptedArgocd;
  #gitops: Gitops | undefined;

  private constructor(argocd: ScriptedArgocd) {
    this.argocd = argocd;
  }

  static async start(): Promise<RootWorld> {
    return new RootWorld(await ScriptedArgocd.start());
  }

  get gitops(): Gitops {
    if (!this.#gitops) {
      throw new TypeError('The portal has not been started');
    }
    return this.#gitops;
  }

  /** The root application of dev with these objects. */
  root(objects: RootObject[], status?: object) {
    return rootJson(this.argocd, objects, status);
  }

  async startPortal(
    entities: Entity[] = [service('cart'), service('web')],
    decide?: (permission: string) => PolicyDecision,
  ): Promise<void> {
    this.#gitops = await startGitops({
      config: {
        gitops: gitopsBlock,
        argocd: argocdBlock(this.argocd.url, 'token'),
      },
      entities,
      ...(decide && { decide }),
    });
  }

  /** Waits for a row of an entity's; the first that knows its version unless told otherwise. */
  async untilRow(
    entityRef: string = 'component:default/cart',
    isWished: (row: Deployment) => boolean = ({ desired }) => Boolean(desired),
  ): Promise<Deployment> {
    const { items } = await this.gitops.untilDeployments(
      list => list.items.some(isWished),
      entityRef,
    );
    return items.find(isWished) as Deployment;
  }

  async stop(): Promise<void> {
    await this.#gitops?.stop();
    await this.argocd.stop();
  }
}
