import { type KnownClusters } from '../Clusters';
import { type ApplicationController } from '../controller/ApplicationController';
import { type Operations } from '../controller/Operations';
import { type Reconciler } from '../controller/Reconciler';
import { type Repositories } from '../repositories/Repositories';

/** Who looks at applications when somebody asks. */
export type Controller = Pick<ApplicationController, 'refresh'>;
/** What an application is made of, at a revision and as it was seen last. */
export type Looks = Pick<Reconciler, 'target' | 'lastLook' | 'render'>;
export type Commits = Pick<Repositories, 'resolve' | 'metadata'>;
export type RunningOperations = Pick<Operations, 'terminate'>;

/** What the API shows and acts on, whoever makes it come true. */
export interface Engine {
  readonly clusters: KnownClusters;
  readonly controller: Controller;
  readonly operations: RunningOperations;
  readonly reconciler: Looks;
  readonly repositories: Commits;
  readonly kustomize: { version(): Promise<string> };
}
