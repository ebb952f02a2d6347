import {
  type DemoService,
  change,
  promotion,
  registered,
} from '../DemoService';

/** The shop's front door; everything is well. */
export const web: DemoService = {
  name: 'web',
  description: 'The shop as customers see it',
  owner: 'storefront',
  tags: ['frontend', 'customer-facing'],
  registrations: [
    registered('maya', [62, '09:20'], 'dev'),
    registered('maya', [59, '14:10'], 'staging'),
    registered('tom', [55, '10:05'], 'production'),
  ],
  story: [
    change('maya', [62, '09:05'], {
      message: 'Start the web shop',
      files: {
        'src/routes.ts': `import { type Routes } from './server.ts';

export const routes: Routes = {
  '/': () => ({ service: 'web', page: 'home' }),
};
`,
      },
    }),
    change('tom', [60, '13:30'], {
      message: 'Show the products of a category',
      files: {
        'src/category.ts': `export interface Product {
  sku: string;
  title: string;
  cents: number;
}

/** Products of a category, cheapest first. */
export function category(products: Product[]): Product[] {
  return [...products].sort((a, b) => a.cents - b.cents);
}
`,
        'src/routes.ts': `import { category } from './category.ts';
import { type Routes } from './server.ts';

export const routes: Routes = {
  '/': () => ({ service: 'web', page: 'home' }),
  '/category': () => category([]),
};
`,
      },
    }),
    promotion('maya', [59, '13:55'], 'staging'),
    promotion('tom', [55, '09:50'], 'production'),
    change('maya', [34, '15:12'], {
      message: 'Write prices the way customers of each country do',
      files: {
        'src/price.ts': `export function price(cents: number, locale: string, currency: string) {
  return new Intl.NumberFormat(locale, { style: 'currency', currency }).format(
    cents / 100,
  );
}
`,
      },
    }),
    promotion('maya', [33, '10:20'], 'staging'),
    change('tom', [20, '11:41'], {
      message: 'Keep the page usable while the search is away',
      files: {
        'src/fallback.ts': `/** The answer of \`ask\`, or \`instead\` when it takes longer than \`ms\`. */
export async function fallback<T>(ask: Promise<T>, instead: T, ms: number) {
  const late = new Promise<T>(resolve => setTimeout(resolve, ms, instead));
  return Promise.race([ask.catch(() => instead), late]);
}
`,
      },
    }),
    promotion('tom', [18, '09:15'], 'staging'),
    promotion('maya', [14, '13:05'], 'production'),
    change('maya', [6, '10:26'], {
      message: 'Let browsers keep pictures for a day',
      files: {
        'src/caching.ts': `const DAY_SECONDS = 24 * 60 * 60;

export function cacheControl(path: string): string {
  return /\\.(webp|svg)$/.test(path)
    ? \`public, max-age=\${DAY_SECONDS}\`
    : 'no-cache';
}
`,
      },
    }),
    promotion('tom', [3, '09:32'], 'staging'),
  ],
};
