import { type DemoService, change, registered } from '../DemoService';

/** New: registered in dev, and nothing has been built yet. */
export const notifications: DemoService = {
  name: 'notifications',
  description: 'Tells customers where their parcel is',
  owner: 'platform',
  tags: ['mail'],
  registrations: [registered('aiko', [1, '10:10'], 'dev')],
  story: [
    change('aiko', [1, '09:55'], {
      message: 'Start the notifications service [skip ci]',
      unbuilt: true,
      files: {
        'src/routes.ts': `import { type Routes } from './server.ts';

export const routes: Routes = {
  '/': () => ({ service: 'notifications' }),
};
`,
      },
    }),
    change('aiko', [1, '11:22'], {
      message: 'Write the first letter: your parcel is on its way [skip ci]',
      unbuilt: true,
      files: {
        'src/letters/shipped.ts': `export function shipped(name: string, parcel: string): string {
  return \`Hello \${name}, your parcel \${parcel} is on its way.\`;
}
`,
      },
    }),
    change('jonas', [1, '12:40'], {
      message: 'Keep the mail server out of the health check [skip ci]',
      unbuilt: true,
      files: {
        'src/mail.ts': `export interface MailServer {
  send(to: string, text: string): Promise<void>;
}
`,
      },
    }),
    change('aiko', [1, '13:05'], {
      message: 'Send a letter again when the mail server was busy [skip ci]',
      unbuilt: true,
      files: {
        'src/retry.ts': `/** Milliseconds before the attempt, doubling from a second to a minute. */
export function delay(attempt: number): number {
  return Math.min(60_000, 1000 * 2 ** attempt);
}
`,
      },
    }),
    change('aiko', [1, '14:31'], {
      message: 'Write the second letter: please pick it up [skip ci]',
      unbuilt: true,
      files: {
        'src/letters/waiting.ts': `export function waiting(name: string, shop: string): string {
  return \`Hello \${name}, your parcel waits for you at \${shop}.\`;
}
`,
      },
    }),
    change('jonas', [1, '15:12'], {
      message: 'No letters at night [skip ci]',
      unbuilt: true,
      files: {
        'src/quietHours.ts': `export function quiet(hour: number): boolean {
  return hour < 8 || hour >= 21;
}
`,
      },
    }),
    change('aiko', [1, '16:02'], {
      message: 'Let people unsubscribe [skip ci]',
      unbuilt: true,
      files: {
        'src/unsubscribed.ts': `export function wanted(customer: string, unsubscribed: Set<string>) {
  return !unsubscribed.has(customer);
}
`,
      },
    }),
    change('aiko', [1, '17:35'], {
      message: 'Ready for the first build after the review [skip ci]',
      unbuilt: true,
      files: {
        'CHANGELOG.md': `# Changes

- Letters: on its way, please pick it up
- No letters at night, and none for those who unsubscribed
`,
      },
    }),
  ],
};
