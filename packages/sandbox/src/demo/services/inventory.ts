import {
  type DemoService,
  change,
  promotion,
  registered,
} from '../DemoService';

/** In trouble: nobody has synced production since the last promotion. */
export const inventory: DemoService = {
  name: 'inventory',
  description: 'What is in stock, and where',
  owner: 'storefront',
  tags: ['warehouse'],
  registrations: [
    registered('maya', [48, '13:10'], 'dev'),
    registered('maya', [44, '09:55'], 'staging'),
    { ...registered('aiko', [42, '16:15'], 'production'), manualSync: true },
  ],
  story: [
    change('maya', [48, '12:54'], {
      message: 'Start the inventory service',
      files: {
        'src/routes.ts': `import { type Routes } from './server.ts';

export const routes: Routes = {
  '/': () => ({ service: 'inventory' }),
};
`,
      },
    }),
    change('maya', [45, '10:33'], {
      message: 'Count stock by warehouse',
      files: {
        'src/stock.ts': `export type Stock = Readonly<Record<string, number>>;

/** What all warehouses have together. */
export function available(stock: Stock): number {
  return Object.values(stock).reduce((sum, count) => sum + count, 0);
}
`,
      },
    }),
    promotion('maya', [44, '09:36'], 'staging'),
    promotion('aiko', [42, '15:58'], 'production'),
    change('tom', [23, '11:29'], {
      message: 'Hold stock for a quarter of an hour while somebody pays',
      files: {
        'src/hold.ts': `const HELD_MINUTES = 15;

export function held(since: Date, now: Date): boolean {
  return now.getTime() - since.getTime() < HELD_MINUTES * 60 * 1000;
}
`,
      },
    }),
    promotion('tom', [21, '09:44'], 'staging'),
    promotion('tom', [19, '13:52'], 'production'),
    change('maya', [8, '14:36'], {
      message: 'Choose the nearest warehouse that has everything',
      files: {
        'src/nearest.ts': `import { type Stock } from './stock.ts';

export interface Warehouse {
  name: string;
  kilometres: number;
  stock: Stock;
}

export function nearest(warehouses: Warehouse[], skus: string[]) {
  return warehouses
    .filter(({ stock }) => skus.every(sku => (stock[sku] ?? 0) > 0))
    .sort((a, b) => a.kilometres - b.kilometres)
    .at(0);
}
`,
      },
    }),
    promotion('maya', [5, '10:03'], 'staging'),
    promotion('maya', [1, '15:21'], 'production'),
  ],
};
