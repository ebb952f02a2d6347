/** Somebody with an account at the Git hosting. */
interface Person {
  /** Also the name of the User entity. */
  readonly login: string;
  readonly name: string;
  readonly team: string;
}

/** A team of the organisation and the Group entity of the same name. */
interface Team {
  readonly slug: string;
  readonly name: string;
  readonly description: string;
}

/** An account that no person uses. */
interface Bot {
  readonly login: string;
  readonly name: string;
}

export const ORGANISATION = { login: 'acme', name: 'Acme' };

export const TEAMS: readonly Team[] = [
  {
    slug: 'storefront',
    name: 'Storefront',
    description: 'Everything a customer sees before paying',
  },
  {
    slug: 'payments',
    name: 'Payments',
    description: 'From the full cart to the money in the bank',
  },
  {
    slug: 'platform',
    name: 'Platform',
    description: 'Clusters, delivery and what all services share',
  },
];

export const PEOPLE: readonly Person[] = [
  { login: 'maya', name: 'Maya Okafor', team: 'storefront' },
  { login: 'tom', name: 'Tom Becker', team: 'storefront' },
  { login: 'priya', name: 'Priya Raman', team: 'payments' },
  { login: 'jonas', name: 'Jonas Lind', team: 'platform' },
  { login: 'aiko', name: 'Aiko Mori', team: 'platform' },
];

/** The portal's own account, the only one that may pass by the review. */
export const PORTAL_ACCOUNT = 'callboard';
export const ROBOT_ACCOUNT = 'build-robot';
export const ARGOCD_ACCOUNT = 'argocd';

export const BOTS: readonly Bot[] = [
  { login: PORTAL_ACCOUNT, name: 'Callboard' },
  { login: ROBOT_ACCOUNT, name: 'Build robot' },
  { login: ARGOCD_ACCOUNT, name: 'Argo CD' },
];

/** Every account's token at the Git hosting. It opens the sandbox only. */
export function tokenOf(login: string): string {
  return `sandbox-${login}`;
}
