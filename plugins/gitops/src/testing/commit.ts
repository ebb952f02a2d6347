import { type Revision } from '@callboard/backstage-plugin-gitops-common';

const SHA = '9f2c1ab0d4e6f8a9b7c5d3e1f0a2b4c6d8e0f1a3';
export const OLD_SHA = '71abf30c8d2e4f6a8b0c1d3e5f7a9b2c4d6e8f0a';

/** A commit of `cart`. */
export function commit(value: string = SHA): Revision {
  return {
    kind: 'git',
    repo: 'https://github.test/acme/cart',
    value,
    url: `https://github.test/acme/cart/commit/${value}`,
  };
}
