import { type AuditorService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import { type JsonObject } from '@backstage/types';
import { type Caller } from './Caller';

/** Does something, and has it written down who tried, and what came of it. */
export async function audited<T>(
  auditor: AuditorService,
  { credentials, request }: Caller,
  event: {
    eventId: string;
    meta: object;
    act: () => Promise<T>;
    /** What of the outcome to write down. */
    outcome?: (done: T) => JsonObject;
  },
): Promise<T> {
  const { eventId, meta, act, outcome } = event;
  // Without a request the auditor takes the portal itself for who did it.
  const told = { ...meta, by: credentials.principal.userEntityRef };
  const record = await auditor.createEvent({
    eventId,
    request,
    severityLevel: 'medium',
    // Without what is undefined.
    meta: JSON.parse(JSON.stringify(told)),
  });
  try {
    const done = await act();
    await record.success(outcome && { meta: outcome(done) });
    return done;
  } catch (error) {
    await record.fail({ error: toError(error) });
    throw error;
  }
}
