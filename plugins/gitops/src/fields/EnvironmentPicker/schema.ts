import { makeFieldSchema } from '@backstage/plugin-scaffolder-react';

/** The name of an environment. */
export const environmentPickerSchema = makeFieldSchema({
  output: z => z.string(),
});
