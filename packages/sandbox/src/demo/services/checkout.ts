import {
  type DemoService,
  change,
  promotion,
  registered,
} from '../DemoService';

/** From the cart to the order; everything is well. */
export const checkout: DemoService = {
  name: 'checkout',
  description: 'Turns a cart into an order',
  owner: 'payments',
  tags: ['customer-facing', 'pci'],
  registrations: [
    registered('priya', [57, '11:30'], 'dev'),
    registered('priya', [52, '13:20'], 'staging'),
    registered('priya', [47, '09:40'], 'production'),
  ],
  story: [
    change('priya', [57, '11:15'], {
      message: 'Start the checkout service',
      files: {
        'src/routes.ts': `import { type Routes } from './server.ts';

export const routes: Routes = {
  '/': () => ({ service: 'checkout' }),
};
`,
      },
    }),
    change('priya', [53, '15:42'], {
      message: 'Add up an order with taxes',
      files: {
        'src/total.ts': `export interface Line {
  cents: number;
  count: number;
  /** Tax in percent, contained in the price. */
  tax: number;
}

export function total(lines: Line[]): { cents: number; taxCents: number } {
  const cents = lines.reduce((sum, line) => sum + line.cents * line.count, 0);
  const taxCents = lines.reduce(
    (sum, line) =>
      sum + Math.round((line.cents * line.count * line.tax) / (100 + line.tax)),
    0,
  );
  return { cents, taxCents };
}
`,
      },
    }),
    promotion('priya', [52, '13:02'], 'staging'),
    promotion('priya', [47, '09:22'], 'production'),
    change('jonas', [38, '10:08'], {
      message: 'Shut down without losing requests',
      files: {
        'src/drain.ts': `/** Waits until the load balancer has noticed that we are not ready. */
export function drained(ms = 5_000): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, ms));
}
`,
      },
    }),
    promotion('jonas', [37, '14:55'], 'staging'),
    promotion('priya', [31, '09:35'], 'production'),
    change('priya', [11, '16:04'], {
      message: 'Say which address is not complete, and why',
      files: {
        'src/address.ts': `export interface Address {
  name: string;
  street: string;
  city: string;
  country: string;
}

/** Names of the fields that are empty. */
export function missing(address: Address): string[] {
  return Object.entries(address)
    .filter(([, value]) => value.trim() === '')
    .map(([field]) => field);
}
`,
      },
    }),
    promotion('priya', [9, '10:50'], 'staging'),
    promotion('priya', [7, '13:15'], 'production'),
  ],
};
