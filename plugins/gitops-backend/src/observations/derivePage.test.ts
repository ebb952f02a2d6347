import { type HistoryGap } from '@callboard/backstage-plugin-gitops-common';
import { type Observation } from './Observation';
import { derivePage, gapsOfPage } from './derivePage';

function at(second: number, name: string = ''): Observation {
  return {
    application: 'main/argocd/cart',
    fact: `${second}${name}`,
    at: `2026-01-01T00:00:0${second}.000Z`,
    what: { kind: 'health', outcome: 'Healthy' },
  };
}

const facts = (observations: readonly Observation[]) =>
  observations.map(({ fact }) => fact);

describe('derivePage', () => {
  it('puts together what is written and what is remembered, once each', () => {
    const page = derivePage({
      observed: [at(7), at(3)],
      remembered: [at(1), at(7), at(8)],
      limit: 10,
    });

    expect(facts(page.observations)).toEqual(['8', '7', '3', '1']);
    expect(page.next).toBeUndefined();
  });

  it('goes through everything page by page', () => {
    const written = [at(9), at(8), at(5, 'b'), at(5, 'a'), at(2)];
    const remembered = [at(9), at(6), at(5, 'c'), at(1)];
    const read: string[] = [];
    let before: ReturnType<typeof derivePage>['next'];
    do {
      const from = before;
      const page = derivePage({
        observed: written
          .filter(
            it =>
              !from ||
              it.at < from.at ||
              (it.at === from.at && it.fact < from.fact),
          )
          .slice(0, 3),
        remembered,
        before: from,
        limit: 2,
      });
      read.push(...facts(page.observations));
      before = page.next;
    } while (before);

    expect(read).toEqual(['9', '8', '6', '5c', '5b', '5a', '2', '1']);
  });

  it('shows each gap on one page, where it ended', () => {
    const gap = (from: number, to?: number): HistoryGap => ({
      kind: 'gap',
      id: `${from}`,
      from: at(from).at,
      ...(to && { to: at(to).at }),
      reason: 'unreachable',
    });
    const gaps = [gap(1, 3), gap(4, 6), gap(8)];
    const now = at(9).at;
    const first = derivePage({
      observed: [at(7), at(5), at(4)],
      remembered: [],
      limit: 2,
    });
    const last = derivePage({
      observed: [at(4)],
      remembered: [],
      before: first.next,
      limit: 2,
    });

    expect(gapsOfPage(gaps, first, { now }).map(({ id }) => id)).toEqual([
      '4',
      '8',
    ]);
    expect(
      gapsOfPage(gaps, last, { before: first.next, now }).map(({ id }) => id),
    ).toEqual(['1']);
  });
});
