import { type Site } from '../Site';
import { type Route } from '../http/Router';
import { archiveRoutes } from './archives';
import { commitRoutes } from './commits';
import { contentRoutes } from './contents';
import { gitDataRoutes } from './gitData';
import { refRoutes } from './refs';
import { repositoryRoutes } from './repositories';
import { statusRoutes } from './statuses';

/** Every operation of the REST API that this hosting serves. */
export function restRoutes(site: Site): Route[] {
  return [
    ...repositoryRoutes(site),
    ...refRoutes(site),
    ...gitDataRoutes(site),
    ...contentRoutes(site),
    ...commitRoutes(site),
    ...statusRoutes(site),
    ...archiveRoutes(site),
  ];
}
