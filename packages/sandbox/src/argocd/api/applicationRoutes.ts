import { refOf } from '../../cluster/KubeObject';
import { CONTROL_PLANE, sourceOf } from '../Application';
import { type KnownClusters } from '../Clusters';
import { type SyncWindow, windowsOf } from '../syncWindows';
import {
  type ApplicationAccess,
  type ApplicationQuery,
} from './ApplicationAccess';
import { type Commits, type Controller } from './Engine';
import { GrpcError, permissionDenied } from './GrpcError';
import { type Call, type Route } from './Route';
import { fullView, listView } from './applicationView';
import { listProjection } from './listFields';
import { refreshed } from './refreshed';

interface Parts {
  access: ApplicationAccess;
  clusters: KnownClusters;
  controller: Controller;
  repositories: Commits;
  /** Of the emulated Argo CD 3. */
  minor: number;
}

/** List and get, and what is known of one application besides its resources. */
export function applicationRoutes(parts: Parts): Route[] {
  return [...readRoutes(parts), ...factRoutes(parts)];
}

function readRoutes({ access, clusters, controller, minor }: Parts): Route[] {
  return [
    {
      method: 'GET',
      path: '/api/v1/applications',
      answer: call => {
        const found = access.list(call.session(), call.query);
        const project = listProjection(call.query.get('fields'), minor);
        const metadata = { resourceVersion: clusters.control.resourceVersion };
        if (!project) return { metadata, items: found.map(listView) };
        return { metadata, items: found.length ? found.map(project) : null };
      },
    },
    {
      method: 'GET',
      path: '/api/v1/applications/{name}',
      answer: async call => {
        const session = call.session();
        const query = queryOf(call);
        const application = access.get(session, query);
        const refresh = call.query.get('refresh');
        if (!refresh) return fullView(application, clusters);
        const ref = refOf(application);
        controller.refresh(ref, refresh === 'hard' ? 'hard' : 'normal');
        const fresh = await refreshed(clusters.control, ref);
        if (!fresh) throw permissionDenied();
        return fullView(fresh, clusters);
      },
    },
  ];
}

function factRoutes({ access, clusters, repositories }: Parts): Route[] {
  return [
    {
      method: 'GET',
      path: '/api/v1/applications/{name}/revisions/{revision}/metadata',
      answer: call => {
        const application = access.get(call.session(), queryOf(call));
        const { repoURL } = sourceOf(application);
        const { revision = '' } = call.params;
        if (/^[0-9a-f]{7,40}$/.test(revision)) {
          return repositories.metadata(repoURL, revision);
        }
        throw new GrpcError('Unknown', `revision ${revision} must be resolved`);
      },
    },
    {
      method: 'GET',
      path: '/api/v1/applications/{name}/syncwindows',
      answer: call => {
        const application = access.get(call.session(), queryOf(call));
        const windows = windowsOf(application, clusters, new Date());
        return {
          ...(windows.active.length
            ? { activeWindows: windows.active.map(windowView) }
            : {}),
          ...(windows.assigned.length
            ? { assignedWindows: windows.assigned.map(windowView) }
            : {}),
          canSync: windows.canSync,
        };
      },
    },
    {
      method: 'GET',
      path: '/api/v1/applications/{name}/links',
      answer: call => {
        access.get(call.session(), queryOf(call));
        return { items: [] };
      },
    },
  ];
}

/** `convertSyncWindows` in server/application/application.go leaves the rest out. */
function windowView({ kind, schedule, duration, manualSync }: SyncWindow) {
  return { kind, schedule, duration, manualSync: !!manualSync };
}

/** Which application a call is about: in the query of a GET or DELETE, in the body of a POST. */
export function queryOf(call: Call): ApplicationQuery {
  const projects = [
    ...call.query.getAll('project'),
    ...call.query.getAll('projects'),
  ];
  if (projects.length > 1) {
    throw new GrpcError(
      'InvalidArgument',
      'multiple projects specified - the get endpoint accepts either zero or one project',
    );
  }
  const body = call.body as { project?: string; appNamespace?: string };
  return {
    name: call.params.name ?? '',
    namespace:
      call.query.get('appNamespace') || body.appNamespace || CONTROL_PLANE,
    project: projects[0] || body.project || '',
  };
}
