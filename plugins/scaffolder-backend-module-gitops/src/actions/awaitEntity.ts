import { setTimeout as sleep } from 'node:timers/promises';
import { type BackstageCredentials } from '@backstage/backend-plugin-api';
import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { type CatalogService } from '@backstage/plugin-catalog-node';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { examples } from './awaitEntity.examples';

const LOOK_EVERY_MS = 250;
const DEFAULT_SECONDS = 60;

/**
 * The action `gitops:await-entity`: waits until the catalog shows an entity, so
 * that a link to its page leads somewhere. `catalog:register` only enters the
 * location; the catalog reads it a moment later.
 *
 * @public
 */
export function createAwaitEntityAction(options: { catalog: CatalogService }) {
  const { catalog } = options;
  return createTemplateAction({
    id: 'gitops:await-entity',
    description:
      'Waits until the catalog shows an entity that was just registered, so that links to its page lead somewhere. Goes on without it when it takes too long.',
    supportsDryRun: true,
    examples,
    schema: {
      input: {
        entityRef: z =>
          z
            .string()
            .describe('The entity, for example `component:default/cart`'),
        seconds: z =>
          z
            .number()
            .int()
            .min(1)
            .max(600)
            .optional()
            .describe(`How long to wait; default: ${DEFAULT_SECONDS}`),
      },
      output: {
        found: z => z.boolean().describe('Whether the catalog shows it'),
      },
    },
    async handler(ctx) {
      const { seconds = DEFAULT_SECONDS } = ctx.input;
      const entityRef = stringifyEntityRef(parseEntityRef(ctx.input.entityRef));
      if (ctx.isDryRun) {
        ctx.logger.info(`Dry run. Would wait until there is ${entityRef}`);
        ctx.output('found', false);
        return;
      }
      const credentials = await ctx.getInitiatorCredentials();
      const until = Date.now() + seconds * 1_000;
      let found = await isShown(catalog, entityRef, credentials);
      while (!found && Date.now() < until) {
        await sleep(LOOK_EVERY_MS, undefined, { signal: ctx.signal });
        found = await isShown(catalog, entityRef, credentials);
      }
      ctx.logger.info(
        found
          ? `The catalog shows ${entityRef}`
          : `The catalog does not show ${entityRef} yet. Its page is there as soon as the catalog has read its file; if it stays away, look at that file, and at the catalog's log.`,
      );
      ctx.output('found', found);
    },
  });
}

/** All that was to be done is done: a catalog that fails now is asked again. */
async function isShown(
  catalog: CatalogService,
  entityRef: string,
  credentials: BackstageCredentials,
): Promise<boolean> {
  try {
    return Boolean(await catalog.getEntityByRef(entityRef, { credentials }));
  } catch {
    return false;
  }
}
