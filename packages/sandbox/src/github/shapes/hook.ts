import { type HookRecord } from '../records';

/** Schemas `hook` and `org-hook`. A secret is never told. */
export function hookShape(
  owner: { readonly api: string; readonly type: 'Repository' | 'Organization' },
  hook: HookRecord,
): object {
  const url = `${owner.api}/${hook.id}`;
  return {
    type: owner.type,
    id: hook.id,
    name: 'web',
    active: hook.active,
    events: hook.events,
    config: {
      url: hook.url,
      content_type: hook.contentType,
      insecure_ssl: '0',
      ...(hook.secret !== undefined && { secret: '********' }),
    },
    url,
    test_url: `${url}/test`,
    ping_url: `${url}/pings`,
    deliveries_url: `${url}/deliveries`,
    created_at: hook.createdAt,
    updated_at: hook.updatedAt,
    ...(owner.type === 'Repository' && {
      last_response: { code: null, status: 'unused', message: null },
    }),
  };
}
