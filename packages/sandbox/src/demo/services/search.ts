import {
  type DemoService,
  change,
  promotion,
  registered,
} from '../DemoService';

/** In trouble: staging names an image that was never built. */
export const search: DemoService = {
  name: 'search',
  description: 'Finds products as customers type',
  owner: 'storefront',
  tags: ['customer-facing'],
  registrations: [
    registered('tom', [49, '10:25'], 'dev'),
    registered('tom', [45, '13:45'], 'staging'),
    registered('maya', [40, '11:20'], 'production'),
  ],
  story: [
    change('tom', [49, '10:06'], {
      message: 'Start the search service',
      files: {
        'src/routes.ts': `import { type Routes } from './server.ts';

export const routes: Routes = {
  '/': () => ({ service: 'search' }),
};
`,
      },
    }),
    change('tom', [46, '16:31'], {
      message: 'Find products by the beginnings of words',
      files: {
        'src/match.ts': `/** Whether every word of the query begins a word of the title. */
export function matches(title: string, query: string): boolean {
  const words = title.toLowerCase().split(/\\s+/);
  return query
    .toLowerCase()
    .split(/\\s+/)
    .every(part => words.some(word => word.startsWith(part)));
}
`,
      },
    }),
    promotion('tom', [45, '13:28'], 'staging'),
    promotion('maya', [40, '11:02'], 'production'),
    change('maya', [28, '09:51'], {
      message: 'Forgive one wrong letter',
      files: {
        'src/typo.ts': `/** Whether the words differ by at most one letter. */
export function similar(a: string, b: string): boolean {
  if (a === b) {
    return true;
  }
  let start = 0;
  while (start < a.length && a[start] === b[start]) {
    start++;
  }
  return [
    a.slice(start + 1) === b.slice(start),
    a.slice(start) === b.slice(start + 1),
    a.slice(start + 1) === b.slice(start + 1),
  ].includes(true);
}
`,
      },
    }),
    promotion('tom', [26, '10:38'], 'staging'),
    promotion('tom', [22, '14:16'], 'production'),
    change('tom', [5, '15:27'], {
      message: 'Rank what others bought first',
      files: {
        'src/rank.ts': `export interface Hit {
  sku: string;
  sold: number;
}

export function rank(hits: Hit[]): Hit[] {
  return [...hits].sort((a, b) => b.sold - a.sold);
}
`,
      },
    }),
    {
      kind: 'hand-edit',
      by: 'tom',
      daysAgo: 1,
      time: '16:48',
      message: 'Try the new ranking in staging',
      environment: 'staging',
      tag: '1.0.14',
    },
  ],
};
