import { makeFieldSchema } from '@backstage/plugin-scaffolder-react';

/**
 * The name of a layout. `environment` names the question whose answer is the
 * environment; without it, it is the first one.
 */
export const layoutPickerSchema = makeFieldSchema({
  output: z => z.string(),
  uiOptions: z => z.object({ environment: z.string().optional() }),
});
