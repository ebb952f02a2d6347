import { expect, type Locator, type Page } from '@playwright/test';

/** The portal, as a person at the browser sees it. */
export class Portal {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Opens an address, past the sign-in page where there is one. */
  async open(path: string): Promise<void> {
    await this.page.goto(path);
    const enter = this.page.getByRole('button', { name: 'Enter' });
    const navigation = this.page.getByRole('link', { name: 'Catalog' }).first();
    await expect(enter.or(navigation).first()).toBeVisible();
    if (await enter.isVisible()) {
      await enter.click();
    }
    await expect(navigation).toBeVisible();
  }

  /** Goes to an address as a link of the portal does: without loading the page anew. */
  async goTo(path: string): Promise<void> {
    await this.page.evaluate(to => {
      window.history.pushState(null, '', to);
      window.dispatchEvent(new PopStateEvent('popstate'));
    }, path);
    await expect(this.page).toHaveURL(path);
  }

  /** The Deployments tab, from its title to its last row. */
  deploymentsTab(): Locator {
    return this.page.getByRole('region', { name: 'Deployments' });
  }

  /** What the Deployments tab warns of, above its table. */
  notices(): Locator {
    return this.deploymentsTab().locator('.bui-Alert');
  }

  /** The row of a cluster in the Deployments tab. */
  row(cluster: string): Locator {
    return this.page
      .getByRole('table', { name: 'Deployments' })
      .getByRole('row')
      .filter({
        has: this.page.getByRole('rowheader', {
          name: new RegExp(`^${cluster}\\b`),
        }),
      });
  }

  /** Waits until a cluster runs a version, in sync and healthy. */
  async expectRunning(cluster: string, version: string): Promise<void> {
    const row = this.row(cluster);
    await expect(row).toContainText(version);
    await expect(row).toContainText('Synced');
    await expect(row).toContainText('Healthy');
  }

  /** Opens a template's form from its card. */
  async chooseTemplate(title: string): Promise<void> {
    const choose = this.page.getByRole('button', { name: 'Choose' });
    await this.page
      .locator('div')
      .filter({ hasText: title })
      .filter({ has: choose })
      .last()
      .getByRole('button', { name: 'Choose' })
      .click();
  }

  /** Runs the template in the form that is open, to its end. */
  async create(button: string): Promise<void> {
    await this.page.getByRole('button', { name: 'Review' }).click();
    await this.page.getByRole('button', { name: button }).click();
    await expect(
      this.page.getByRole('link', { name: 'Deployments' }).last(),
    ).toBeVisible({ timeout: 120_000 });
  }
}
