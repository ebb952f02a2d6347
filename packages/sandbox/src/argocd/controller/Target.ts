import { type Cluster } from '../../cluster/Cluster';
import { type AppProject } from '../AppProject';

/** Where an application deploys to, and under which restrictions. */
export interface Target {
  cluster: Cluster;
  project: AppProject;
}
