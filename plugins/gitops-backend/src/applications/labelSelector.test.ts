import { matchesLabels, parseLabelSelector } from './labelSelector';

const LABELS = {
  team: 'cart',
  tier: 'backend',
  'app.kubernetes.io/name': 'cart',
};

describe('parseLabelSelector', () => {
  it.each([
    ['team=cart', true],
    ['team==cart', true],
    ['team = cart', true],
    ['team=cart,tier=backend', true],
    ['team=cart, tier=frontend', false],
    ['team!=web', true],
    ['missing!=web', true],
    ['team!=cart', false],
    ['team in (web, cart)', true],
    ['team in (web),tier=backend', false],
    ['team notin (web, search)', true],
    ['team notin (cart)', false],
    ['missing notin (cart)', true],
    ['team', true],
    ['missing', false],
    ['!missing', true],
    ['!team', false],
    ['app.kubernetes.io/name=cart', true],
    ['team=', false],
  ])('%s matches: %s', (text, expected) => {
    const requirements = parseLabelSelector(text);

    expect(requirements).toBeDefined();
    expect(matchesLabels(LABELS, requirements ?? [])).toBe(expected);
  });

  it.each([
    '',
    ',',
    'team=cart,',
    'team=cart&projects=other',
    'team=../../x',
    'te am=cart',
    'team=cart=x',
    'team in cart',
    'team in (cart',
    '=cart',
    'team=\u0000',
    `team=${'x'.repeat(3_000)}`,
  ])('refuses %j', text => {
    expect(parseLabelSelector(text)).toBeUndefined();
  });
});
