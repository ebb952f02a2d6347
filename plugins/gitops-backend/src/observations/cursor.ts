import { InputError } from '@backstage/errors';
import { z } from 'zod/v4';
import { type Position } from './ObservationStore';

const position = z.strictObject({
  at: z.iso.datetime({ precision: 3 }),
  fact: z.string().max(160),
});

/** A position as the API gives it out; to be handed back, not to be read. */
export function writeCursor({ at, fact }: Position): string {
  return Buffer.from(JSON.stringify({ at, fact })).toString('base64url');
}

/** @throws InputError where it is none of ours. */
export function readCursor(cursor: string): Position {
  try {
    return position.parse(
      JSON.parse(Buffer.from(cursor, 'base64url').toString()),
    );
  } catch {
    throw new InputError(
      'The cursor of the query is none that this history gave out; ask without one for the newest page',
    );
  }
}
