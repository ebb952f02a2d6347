import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { z } from 'zod/v4';
import { layoutSchema } from '../layouts/layoutSchema';
import { argocdAdditionsSchema } from './argocdAdditionsSchema';
import { repositoryAddress, webAddress } from './webAddress';

const LABEL = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/;

const dnsLabel = z
  .string()
  .max(63, 'must have at most 63 characters')
  .regex(
    LABEL,
    'must consist of lower-case letters, digits and "-", the first and the last a letter or digit',
  );

const entityRef = z
  .string()
  .regex(
    /^(?:[^:/\s]+:)?(?:[^:/\s]+\/)?[^:/\s]+$/,
    'must be the reference of a group or user, for example group:default/storefront',
  )
  .transform(ref =>
    stringifyEntityRef(
      parseEntityRef(ref, {
        defaultKind: 'group',
        defaultNamespace: 'default',
      }),
    ),
  );

const folder = z
  .string()
  .min(1, 'must not be empty')
  .refine(
    value =>
      !value.startsWith('/') &&
      !value.includes('\\') &&
      !value.split('/').includes('..'),
    'must be a folder inside the platform repository, without a leading "/" and without ".."',
  )
  .transform(value =>
    value
      .split('/')
      .filter(part => part && part !== '.')
      .join('/'),
  );

const clusterSchema = z.strictObject({
  name: dnsLabel,
  instance: z.string().min(1, 'must name an Argo CD instance'),
  path: folder.optional(),
  destination: webAddress,
  labels: z.record(z.string(), z.string()).default({}),
});

const environmentSchema = z.strictObject({
  name: dnsLabel,
  platformRepo: repositoryAddress,
  path: folder,
  layout: z.string().optional(),
  layouts: z
    .array(z.string())
    .min(1, 'must name at least one layout, or be left out')
    .optional(),
  write: z.enum(['commit', 'pull-request']),
  project: dnsLabel.refine(
    name => name !== 'default',
    'must not be Argo CD\'s project "default", which allows everything; create an AppProject for the environment and name it',
  ),
  clusters: z
    .array(clusterSchema)
    .min(
      1,
      'must have at least one cluster; add its name, instance and destination',
    ),
});

/**
 * The `gitops` block as it is written.
 */
export const gitopsSchema = z.strictObject({
  environments: z
    .array(environmentSchema)
    .min(1, 'must have at least one environment'),
  layouts: z.record(z.string(), layoutSchema).default({}),
  serviceRepositories: z
    .array(
      z
        .string()
        .regex(
          /^https?:\/\/[^/@?#]+\/[^?#]+$/,
          'must be a web address such as https://github.com/acme/*',
        ),
    )
    .default([]),
  projectOwners: z
    .record(
      z.string(),
      z
        .union([entityRef, z.array(entityRef)])
        .transform(owners => [owners].flat()),
    )
    .default({}),
  newRepositories: z
    .strictObject({
      url: webAddress.refine(
        value =>
          new URL(value).pathname.split('/').filter(Boolean).length === 1,
        'must be the address of an organisation: https://<host>/<organisation>',
      ),
      registry: z
        .string()
        .regex(
          /^[a-z0-9.-]+(?::\d+)?(?:\/[a-z0-9._-]+)*$/,
          'must be a prefix of image names such as ghcr.io/acme, without scheme and without a slash at the end',
        ),
    })
    .optional(),
  argocd: argocdAdditionsSchema,
  // Durations in any of Backstage's spellings, which read them.
  observations: z
    .strictObject({ retention: z.unknown().optional() })
    .default({}),
  permissionCache: z.strictObject({ ttl: z.unknown().optional() }).default({}),
  banner: z.string().optional(),
});

/**
 * The `gitops` block, read.
 */
export type GitopsBlock = z.output<typeof gitopsSchema>;
