import {
  type DemoService,
  change,
  promotion,
  registered,
} from '../DemoService';

/** What customers are about to buy; everything is well. */
export const cart: DemoService = {
  name: 'cart',
  description: 'Carts of customers, kept until they pay',
  owner: 'storefront',
  tags: ['customer-facing'],
  registrations: [
    registered('tom', [58, '10:12'], 'dev'),
    registered('tom', [54, '09:25'], 'staging'),
    registered('maya', [50, '15:00'], 'production'),
  ],
  story: [
    change('tom', [58, '09:58'], {
      message: 'Start the cart service',
      files: {
        'src/routes.ts': `import { type Routes } from './server.ts';

export const routes: Routes = {
  '/': () => ({ service: 'cart' }),
};
`,
      },
    }),
    change('tom', [56, '16:20'], {
      message: 'Add and remove items',
      files: {
        'src/cart.ts': `export type Cart = ReadonlyMap<string, number>;

/** The cart with \`count\` more of the product; never less than none. */
export function put(cart: Cart, sku: string, count: number): Cart {
  const next = new Map(cart);
  const total = (cart.get(sku) ?? 0) + count;
  if (total > 0) {
    next.set(sku, total);
  } else {
    next.delete(sku);
  }
  return next;
}
`,
      },
    }),
    promotion('tom', [54, '09:12'], 'staging'),
    promotion('maya', [50, '14:44'], 'production'),
    change('maya', [41, '13:37'], {
      message: 'Merge the carts of a visitor who signs in',
      files: {
        'src/merge.ts': `import { put, type Cart } from './cart.ts';

/** Both carts in one; what is in both counts twice. */
export function merge(visitor: Cart, customer: Cart): Cart {
  let merged = customer;
  for (const [sku, count] of visitor) {
    merged = put(merged, sku, count);
  }
  return merged;
}
`,
      },
    }),
    promotion('maya', [39, '09:48'], 'staging'),
    promotion('tom', [36, '10:31'], 'production'),
    change('tom', [16, '14:02'], {
      message: 'Forget carts that nobody touched for 30 days',
      files: {
        'src/expiry.ts': `const KEPT_DAYS = 30;

export function expired(touched: Date, now: Date): boolean {
  return now.getTime() - touched.getTime() > KEPT_DAYS * 24 * 60 * 60 * 1000;
}
`,
      },
    }),
    promotion('maya', [15, '10:10'], 'staging'),
    promotion('maya', [12, '09:27'], 'production'),
    change('maya', [2, '11:18'], {
      message: 'Refuse more than 50 of one product',
      files: {
        'src/limits.ts': `export const MOST_OF_ONE_PRODUCT = 50;

export function allowed(count: number): boolean {
  return Number.isInteger(count) && count <= MOST_OF_ONE_PRODUCT;
}
`,
      },
    }),
  ],
};
