import {
  type DemoService,
  change,
  promotion,
  registered,
} from '../DemoService';
import { environment, PRICING_DEPLOY } from './pricingDeploy';

/** Something to look at everywhere: it crashes in dev, and was scaled by hand in staging. */
export const pricing: DemoService = {
  name: 'pricing',
  description: 'Says what a product costs today',
  owner: 'payments',
  tags: ['customer-facing'],
  hasEnv: true,
  registrations: [
    registered('priya', [34, '10:20'], 'dev'),
    { ...registered('priya', [30, '11:05'], 'staging'), keepsDrift: true },
    registered('jonas', [27, '09:50'], 'production'),
  ],
  story: [
    change('priya', [34, '10:05'], {
      message: 'Start the pricing service',
      files: {
        ...PRICING_DEPLOY,
        'src/routes.ts': `import { type Routes } from './server.ts';

export const routes: Routes = {
  '/': () => ({ service: 'pricing', currency: process.env.CURRENCY }),
};
`,
        'src/migrate.ts': `console.log('Migrating');
// There is one version of the price list until now.
console.log('Migrated');
`,
      },
    }),
    change('tom', [32, '14:12'], {
      message: 'Round prices to what a till can give back',
      files: {
        'src/round.ts': `/** To the next multiple of so many cents. */
export function round(cents: number, to: number): number {
  return Math.round(cents / to) * to;
}
`,
      },
    }),
    promotion('priya', [30, '10:45'], 'staging'),
    promotion('priya', [27, '09:32'], 'production'),
    change('priya', [15, '13:20'], {
      message: 'Take a discount off before the taxes',
      files: {
        'src/discount.ts': `/** The price in cents after a discount in percent. */
export function discounted(cents: number, percent: number): number {
  return Math.round((cents * (100 - percent)) / 100);
}
`,
      },
    }),
    promotion('tom', [13, '10:02'], 'staging'),
    promotion('priya', [11, '15:18'], 'production'),
    change('tom', [1, '16:20'], {
      message: 'Name the port as the container does [skip ci]',
      unbuilt: true,
      files: {
        'deploy/overlays/dev/env.yaml': environment({
          LOG_LEVEL: 'debug',
          PORT: 'http',
        }),
      },
    }),
  ],
};
