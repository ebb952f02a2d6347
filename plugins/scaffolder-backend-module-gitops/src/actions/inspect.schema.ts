import { type z as zod } from 'zod/v3';

type Z = typeof zod;

export const inspectInput = {
  name: (z: Z) => z.string().describe('Name of the service'),
  owner: (z: Z) =>
    z.string().describe('Its owner, for example `group:default/storefront`'),
};

export const inspectOutput = {
  state: (z: Z) =>
    z
      .enum(['absent', 'empty', 'ours'])
      .describe('What is there; `ours` was created by this template'),
  create: (z: Z) => z.boolean().describe('Whether it has to be created'),
  push: (z: Z) => z.boolean().describe('Whether its content has to be pushed'),
  repoUrl: (z: Z) =>
    z.string().describe('For other actions: `github.com?owner=acme&repo=cart`'),
  webUrl: (z: Z) => z.string().describe('Where people look at it'),
  remoteUrl: (z: Z) => z.string().describe('Where Git finds it'),
  host: (z: Z) => z.string().describe('Of the Git hosting'),
  organization: (z: Z) => z.string().describe('Where it is created'),
  registry: (z: Z) =>
    z.string().describe('Prefix of its images: `ghcr.io/acme`'),
  defaultBranch: (z: Z) => z.string().describe('Its default branch'),
  environment: (z: Z) =>
    z.string().describe('The first environment of the configuration'),
  entityRef: (z: Z) => z.string().describe("The service's entity reference"),
};
