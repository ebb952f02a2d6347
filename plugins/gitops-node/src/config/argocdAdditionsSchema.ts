import { z } from 'zod/v4';
import { webAddress } from './webAddress';

const text = z.string().trim().min(1, 'must not be empty');

/**
 * `gitops.argocd`: what Roadie's block has no place for, by the names of its
 * instances.
 */
export const argocdAdditionsSchema = z
  .strictObject({
    apiUrls: z.record(z.string(), webAddress).default({}),
    scopes: z
      .record(
        z.string(),
        z.strictObject({
          projects: z.array(text).default([]),
          selector: text.optional(),
        }),
      )
      .default({}),
  })
  .default({ apiUrls: {}, scopes: {} });
