import { type IncomingMessage, type ServerResponse } from 'node:http';
import { type Clusters } from '../Clusters';
import { type ApplicationController } from '../controller/ApplicationController';
import { type Repositories } from '../repositories/Repositories';

/** The pages that links of the portal lead to. */
export function createWebFace(_parts: {
  clusters: Clusters;
  controller: ApplicationController;
  repositories: Repositories;
}): (request: IncomingMessage, response: ServerResponse) => boolean {
  return () => false;
}
