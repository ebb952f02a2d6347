import { z } from 'zod';
import { type Site } from '../Site';
import { ApiError, notFound, validationFailed } from '../http/ApiError';
import { type Call, bodyOf, param } from '../http/Call';
import { type Reply, created, noContent, ok } from '../http/Reply';
import { type Route } from '../http/Router';
import { paged } from '../http/paging';
import { type HookRecord } from '../records';
import { deliveryShape, hookShape } from '../shapes/hook';
import { repositoryApi } from '../shapes/repository';
import { administrable, hasScope, requireActor } from './access';

const ORG_HOOKS = '/orgs/{org}/hooks';
const REPO_HOOKS = '/repos/{owner}/{repo}/hooks';

const CONFIG = z.object({
  url: z.string().optional(),
  secret: z.string().optional(),
  content_type: z.enum(['json', 'form']).optional(),
  insecure_ssl: z.union([z.string(), z.number()]).optional(),
});

const HOOK = z.object({
  config: CONFIG.optional(),
  active: z.boolean().optional(),
  events: z.array(z.string()).optional(),
});

/** Hooks of one owner: a repository or an organisation. */
interface Hooks {
  readonly list: HookRecord[];
  readonly api: string;
  readonly type: 'Repository' | 'Organization';
}

/** Who is told of events. */
export function hookRoutes(site: Site): Route[] {
  const ofRepository = (call: Call) => repositoryHooks(site, call);
  const ofOrganization = (call: Call) => organizationHooks(site, call);
  return [
    ...routesFor(site, REPO_HOOKS, ofRepository),
    ...routesFor(site, ORG_HOOKS, ofOrganization),
  ];
}

function routesFor(
  site: Site,
  path: string,
  hooksOf: (call: Call) => Hooks,
): Route[] {
  const one = `${path}/{hook_id}`;
  return [
    {
      operation: `GET ${path}`,
      handle: async call => {
        const hooks = hooksOf(call);
        return paged(call, hooks.list, hook => hookShape(hooks, hook));
      },
    },
    {
      operation: `POST ${path}`,
      handle: async call => createHook(site, hooksOf(call), call),
    },
    {
      operation: `GET ${one}`,
      handle: async call => {
        const hooks = hooksOf(call);
        return ok(hookShape(hooks, find(hooks, call)));
      },
    },
    {
      operation: `PATCH ${one}`,
      handle: async call => changeHook(site, hooksOf(call), call),
    },
    {
      operation: `DELETE ${one}`,
      handle: async call => removeHook(site, hooksOf(call), call),
    },
    {
      operation: `GET ${one}/deliveries`,
      handle: async call => {
        const { id } = find(hooksOf(call), call);
        return paged(call, site.webhooks.deliveriesOf(id), deliveryShape);
      },
    },
    {
      operation: `POST ${one}/pings`,
      handle: async call => ping(site, hooksOf(call), call),
    },
  ];
}

function repositoryHooks(site: Site, call: Call): Hooks {
  const { record } = administrable(site, call);
  const api = `${repositoryApi(site, record)}/hooks`;
  return { list: record.hooks, api, type: 'Repository' };
}

function organizationHooks(site: Site, call: Call): Hooks {
  const actor = requireActor(call);
  const org = site.accounts.organization(param(call, 'org'));
  if (!org?.members.includes(actor.login)) throw notFound();
  if (!hasScope(site, actor, ['admin:org_hook'])) throw notFound();
  const { organizationHooks: all } = site.store.state;
  const list = (all[org.login] ??= []);
  const api = `${site.url}/api/v3/orgs/${org.login}/hooks`;
  return { list, api, type: 'Organization' };
}

function createHook(site: Site, hooks: Hooks, call: Call): Reply {
  const { config, active, events } = bodyOf(call, HOOK);
  if (!config?.url || !URL.canParse(config.url)) {
    throw new ApiError(422, 'Validation Failed', [
      { resource: 'Hook', code: 'custom', message: 'url is not valid' },
    ]);
  }
  const { url, secret } = config;
  if (hooks.list.some(hook => hook.url === url)) {
    throw validationFailed({
      resource: 'Hook',
      code: 'custom',
      message: 'Hook already exists on this repository',
    });
  }
  const now = new Date().toISOString();
  const hook: HookRecord = {
    id: site.store.nextId(),
    url,
    ...(secret !== undefined && { secret }),
    contentType: config.content_type ?? 'form',
    active: active ?? true,
    events: events ?? ['push'],
    createdAt: now,
    updatedAt: now,
  };
  hooks.list.push(hook);
  site.store.changed();
  sendPing(site, hooks, hook);
  return created(hookShape(hooks, hook), `${hooks.api}/${hook.id}`);
}

function changeHook(site: Site, hooks: Hooks, call: Call): Reply {
  const hook = find(hooks, call);
  const { config, active, events } = bodyOf(call, HOOK);
  hook.url = config?.url ?? hook.url;
  hook.contentType = config?.content_type ?? hook.contentType;
  if (config?.secret !== undefined) hook.secret = config.secret;
  hook.active = active ?? hook.active;
  hook.events = events ?? hook.events;
  hook.updatedAt = new Date().toISOString();
  site.store.changed();
  return ok(hookShape(hooks, hook));
}

function removeHook(site: Site, hooks: Hooks, call: Call): Reply {
  hooks.list.splice(hooks.list.indexOf(find(hooks, call)), 1);
  site.store.changed();
  return noContent;
}

function ping(site: Site, hooks: Hooks, call: Call): Reply {
  sendPing(site, hooks, find(hooks, call));
  return noContent;
}

function sendPing(site: Site, hooks: Hooks, hook: HookRecord): void {
  site.webhooks.ping(hook, {
    zen: 'Approachable is better than simple.',
    hook_id: hook.id,
    hook: hookShape(hooks, hook),
  });
}

function find({ list }: Hooks, call: Call): HookRecord {
  const id = param(call, 'hook_id');
  const hook = list.find(candidate => String(candidate.id) === id);
  if (!hook) throw notFound();
  return hook;
}
