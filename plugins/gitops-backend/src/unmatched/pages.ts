import { InputError } from '@backstage/errors';
import { type Unmatched } from '@callboard/backstage-plugin-gitops-common';

/** Sorts findings, so that a page goes on where the one before ended. */
export function byId(a: { id: string }, b: { id: string }): number {
  if (a.id === b.id) {
    return 0;
  }
  return a.id < b.id ? -1 : 1;
}

/** The findings after one, which need not be there any more. */
export function takePage(
  items: readonly Unmatched[],
  { after, limit }: { after?: string; limit: number },
): { items: readonly Unmatched[]; nextCursor?: string } {
  const rest =
    after === undefined ? items : items.filter(({ id }) => id > after);
  const page = rest.slice(0, limit);
  const last = page.at(-1);
  return {
    items: page,
    ...(last && rest.length > limit && { nextCursor: writeCursor(last.id) }),
  };
}

/** @throws InputError where it is no cursor of ours. */
export function readCursor(cursor: string): string {
  const id = Buffer.from(cursor, 'base64url').toString('utf8');
  if (writeCursor(id) !== cursor) {
    throw new InputError(
      'cursor has to be the nextCursor of an answer; leave it out to begin',
    );
  }
  return id;
}

function writeCursor(id: string): string {
  return Buffer.from(id, 'utf8').toString('base64url');
}
