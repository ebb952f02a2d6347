import { screen, within } from '@testing-library/react';
import axe from 'axe-core';
import { healthyWorld, refusal, type World } from '../../testing/deployments';
import { troubledDetails } from '../../testing/troubledDetails';
import { renderTab } from './renderTab';

/** The address of the details of `cart` in dev. */
export const DEV = '?deployment=main/argocd/cart-dev-dev';

export const unanswered = refusal(
  502,
  'BadGatewayError',
  'Argo CD does not answer',
);

/** A bad afternoon, behind all deployments. */
export function troubled(changes: Partial<World> = {}): World {
  return healthyWorld({ details: troubledDetails(), ...changes });
}

/** The drawer, once it is there. It comes in a chunk of its own. */
export const findDrawer = (name = 'cart-dev-dev') =>
  screen.findByRole('dialog', { name });

/** Opens the details of dev by its address, at a section. */
export async function openAt(section: string, world: World) {
  const page = renderTab(world, { query: `${DEV}&section=${section}` });
  const drawer = await findDrawer();
  return { ...page, drawer, see: within(drawer) };
}

/** What WCAG asks for, as far as it can be seen without a layout. */
export async function violationsIn(
  element: Element,
): Promise<readonly string[]> {
  const { violations } = await axe.run(element, {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'],
    // There are no colours here.
    rules: { 'color-contrast': { enabled: false } },
    resultTypes: ['violations'],
  });
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
}
