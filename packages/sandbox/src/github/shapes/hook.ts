import { type Delivery } from '../Webhooks';
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

/** Schema `hook-delivery-item`. */
export function deliveryShape(delivery: Delivery): object {
  const { id, guid, at, durationMs, event, status } = delivery;
  return {
    id,
    guid,
    delivered_at: at,
    redelivery: false,
    duration: durationMs / 1000,
    status: statusWords(status),
    status_code: status,
    event,
    action: null,
    installation_id: null,
    repository_id: delivery.repositoryId,
    throttled_at: null,
  };
}

function statusWords(status: number): string {
  if (status === 0) return 'failed to connect to host';
  return status < 300 ? 'OK' : `Invalid HTTP Response: ${status}`;
}
