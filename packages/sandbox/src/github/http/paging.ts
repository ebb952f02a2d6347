import { type Call, query } from './Call';
import { type Reply } from './Reply';

/** Which part of a list is asked for. */
interface Page {
  /** From 1. */
  readonly number: number;
  readonly size: number;
  readonly skip: number;
}

export function pageOf(call: Call): Page {
  const size = Math.min(positive(query(call, 'per_page'), 30), 100);
  const number = positive(query(call, 'page'), 1);
  return { number, size, skip: (number - 1) * size };
}

/** One page of a list that is at hand as a whole. */
export function paged<T>(
  call: Call,
  items: readonly T[],
  shape: (item: T) => object,
): Reply {
  const { skip, size } = pageOf(call);
  const page = items.slice(skip, skip + size).map(shape);
  return pagedReply(call, page, items.length);
}

/** One page of a list of which the length is known. */
export function pagedReply(call: Call, page: object, total: number): Reply {
  const link = linkHeader(call, total);
  return { status: 200, body: page, ...(link && { headers: { link } }) };
}

/** `first`, `prev`, `next` and `last`, as far as there are such pages. */
export function linkHeader(call: Call, total: number): string | undefined {
  const { number, size } = pageOf(call);
  const last = Math.max(1, Math.ceil(total / size));
  const links = [
    number > 1 && { rel: 'prev', page: Math.min(number - 1, last) },
    number < last && { rel: 'next', page: number + 1 },
    number < last && { rel: 'last', page: last },
    number > 1 && { rel: 'first', page: 1 },
  ].filter(link => link !== false);
  const text = links.map(({ rel, page }) => {
    const url = new URL(call.url);
    url.searchParams.set('page', String(page));
    return `<${url}>; rel="${rel}"`;
  });
  return text.join(', ') || undefined;
}

function positive(text: string | undefined, otherwise: number): number {
  const number = Math.trunc(Number(text));
  return number >= 1 ? number : otherwise;
}
