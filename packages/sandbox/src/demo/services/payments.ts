import {
  type DemoService,
  change,
  promotion,
  registered,
} from '../DemoService';

/** The money; everything is well. */
export const payments: DemoService = {
  name: 'payments',
  description: 'Charges and refunds at the payment providers',
  owner: 'payments',
  tags: ['pci'],
  annotation: 'argocd/app-selector: app.kubernetes.io/name=payments',
  registrations: [
    registered('priya', [56, '09:30'], 'dev'),
    registered('priya', [51, '11:10'], 'staging'),
    registered('jonas', [46, '14:30'], 'production'),
  ],
  story: [
    change('priya', [56, '09:14'], {
      message: 'Start the payments service',
      files: {
        'src/routes.ts': `import { type Routes } from './server.ts';

export const routes: Routes = {
  '/': () => ({ service: 'payments' }),
};
`,
      },
    }),
    change('priya', [54, '10:47'], {
      message: 'Charge each order once, whatever the network does',
      files: {
        'src/charge.ts': `const charged = new Map<string, Promise<string>>();

/** The receipt of the order's only charge. */
export function chargeOnce(order: string, charge: () => Promise<string>) {
  const before = charged.get(order);
  if (before) {
    return before;
  }
  const receipt = charge();
  charged.set(order, receipt);
  receipt.catch(() => charged.delete(order));
  return receipt;
}
`,
      },
    }),
    promotion('priya', [51, '10:52'], 'staging'),
    promotion('priya', [46, '14:11'], 'production'),
    change('priya', [29, '13:08'], {
      message: 'Refund a part of an order',
      files: {
        'src/refund.ts': `/** What may still be refunded, in cents. */
export function refundable(paid: number, refunds: number[]): number {
  return Math.max(0, paid - refunds.reduce((sum, refund) => sum + refund, 0));
}
`,
      },
    }),
    promotion('priya', [27, '09:58'], 'staging'),
    promotion('priya', [25, '10:30'], 'production'),
    change('aiko', [13, '15:33'], {
      message: 'Never write card numbers to the log',
      files: {
        'src/redact.ts': `export function redact(line: string): string {
  return line.replace(/\\b\\d{12,19}\\b/g, '[card]');
}
`,
      },
    }),
    promotion('aiko', [12, '10:15'], 'staging'),
    promotion('priya', [10, '09:05'], 'production'),
    change('priya', [4, '14:20'], {
      message: 'Try the second provider when the first is down',
      files: {
        'src/providers.ts': `/** The first provider that answers. */
export async function firstOf<T>(providers: (() => Promise<T>)[]): Promise<T> {
  const errors: unknown[] = [];
  for (const provider of providers) {
    try {
      return await provider();
    } catch (error) {
      errors.push(error);
    }
  }
  throw new AggregateError(errors, 'No payment provider answers');
}
`,
      },
    }),
    promotion('priya', [2, '10:44'], 'staging'),
  ],
};
