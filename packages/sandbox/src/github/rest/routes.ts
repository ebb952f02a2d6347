import { type Site } from '../Site';
import { type Route } from '../http/Router';
import { accountRoutes } from './accounts';
import { archiveRoutes } from './archives';
import { branchRoutes } from './branches';
import { commitRoutes } from './commits';
import { contentRoutes } from './contents';
import { forkRoutes } from './forks';
import { gitDataRoutes } from './gitData';
import { hookRoutes } from './hooks';
import { pullRoutes } from './pulls';
import { refRoutes } from './refs';
import { repositoryRoutes } from './repositories';
import { reviewRoutes } from './reviews';
import { statusRoutes } from './statuses';

/** Every operation of the REST API that this hosting serves. */
export function restRoutes(site: Site): Route[] {
  return [
    ...accountRoutes(site),
    ...repositoryRoutes(site),
    ...forkRoutes(site),
    ...branchRoutes(site),
    ...refRoutes(site),
    ...gitDataRoutes(site),
    ...contentRoutes(site),
    ...commitRoutes(site),
    ...statusRoutes(site),
    ...archiveRoutes(site),
    ...pullRoutes(site),
    ...reviewRoutes(site),
    ...hookRoutes(site),
  ];
}
