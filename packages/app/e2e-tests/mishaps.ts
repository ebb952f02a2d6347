import { expect, type Page } from '@playwright/test';
import { pushEdit } from './gitHosting';

const ARGOCD = 'http://localhost:7081';

/** How something breaks, and how it is repaired. */
export interface Mishap {
  begin(page: Page): Promise<void>;
  end(page: Page): Promise<void>;
}

/** Switches of the simulated Argo CD's page for trouble; what a form does not name is off. */
export function switched(on: string, off = ''): Mishap {
  return {
    begin: page => submit(page, on),
    end: page => submit(page, off),
  };
}

/** Ends all streams every now and then, until the tab says so. */
export function droppedAgainAndAgain(): Mishap {
  return {
    begin: page =>
      expect(async () => {
        await submit(page, 'restart=on');
        await expect(
          page.getByText('Argo CD “main” has not been heard from'),
        ).toBeVisible({ timeout: 2_000 });
      }).toPass({ intervals: [0] }),
    end: async () => {},
  };
}

async function submit(page: Page, form: string): Promise<void> {
  const response = await page.request.post(`${ARGOCD}/trouble`, {
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    data: form,
  });
  expect(response.ok()).toBe(true);
}

/** A commit to an overlay of a service. */
export function pushed(
  service: string,
  file: string,
  edit: (text: string) => string,
): Mishap {
  return edited({
    login: 'callboard',
    repository: `acme/${service}`,
    path: `deploy/overlays/${file}`,
    edit,
  });
}

/** A commit, and one that undoes it. */
export function edited(
  file: Omit<Parameters<typeof pushEdit>[0], 'message'>,
): Mishap {
  let good = '';
  return {
    begin: () =>
      pushEdit({
        ...file,
        edit: text => {
          good = text;
          return file.edit(text);
        },
        message: 'Break it',
      }),
    end: () => pushEdit({ ...file, edit: () => good, message: 'Repair it' }),
  };
}

/** Scaled by hand, until somebody syncs. */
export function driftedByHand(application: string): Mishap {
  const sync = async (page: Page) => {
    const response = await page.request.post(
      `${ARGOCD}/applications/argocd/${application}/sync`,
    );
    expect(response.ok()).toBe(true);
  };
  return {
    begin: async page => {
      const settled = page.getByRole('row', { name: application });
      await expect(settled).toContainText(/Synced|Out of sync/);
      // So it is when the demo begins.
      if (await settled.getByText('Out of sync').isVisible()) {
        await sync(page);
        await expect(settled).toContainText('Synced');
      }
      await expect(async () => {
        // Where Git has moved on meanwhile, Argo CD syncs once more.
        await submit(page, `drift=${application}`);
        await expect(settled).toContainText('It drifted', { timeout: 5_000 });
      }).toPass();
    },
    end: sync,
  };
}

/** One after the other; they end in the same order. */
export function inTurn(...mishaps: readonly Mishap[]): Mishap {
  return {
    begin: async page => {
      for (const { begin } of mishaps) {
        await begin(page);
      }
    },
    end: async page => {
      for (const { end } of mishaps) {
        await end(page);
      }
    },
  };
}
