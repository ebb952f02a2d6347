import { z } from 'zod/v4';
import { type LayoutValue } from './Layout';
import { PLACEHOLDERS, unknownPlaceholders } from './placeholders';

const template = z
  .string()
  .min(1, 'must not be empty')
  .superRefine((value, context) => {
    for (const name of unknownPlaceholders(value)) {
      context.addIssue({
        code: 'custom',
        message: `has the placeholder <${name}>, which does not exist; use one of ${PLACEHOLDERS.map(
          known => `<${known}>`,
        ).join(', ')}`,
      });
    }
  });

const path = template.refine(
  value =>
    !value.startsWith('/') &&
    !value.includes('\\') &&
    !value.split('/').includes('..'),
  'must be a path inside the repository, without a leading "/" and without ".."',
);

const layoutValue: z.ZodType<LayoutValue> = z.lazy(() =>
  z.union([
    template,
    z.literal(''),
    z.number(),
    z.boolean(),
    z.null(),
    z.array(layoutValue),
    z.record(z.string(), layoutValue),
  ]),
);

const layoutEdit = z.discriminatedUnion('edit', [
  z.strictObject({
    edit: z.literal('write-file'),
    path,
    content: z.record(z.string(), layoutValue),
  }),
  z.strictObject({
    edit: z.literal('add-resource'),
    path,
    resource: template,
  }),
  z.strictObject({
    edit: z.literal('add-build-metadata'),
    path,
    option: z.enum(['originAnnotations', 'managedByLabel']),
  }),
]);

/**
 * A layout as it is declared; its name is the key that it is declared under.
 */
export const layoutSchema = z.strictObject({
  kind: z.enum(['application', 'remote-base']),
  clusters: z.enum(['any', 'one']).default('any'),
  application: template.optional(),
  namespace: template,
  registration: z
    .array(layoutEdit)
    .min(1, 'must name at least one file that a registration changes'),
  release: z.strictObject({
    repository: z.enum(['service', 'platform']),
    path,
    image: template,
  }),
});
