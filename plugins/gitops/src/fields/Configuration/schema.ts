import { makeFieldSchema } from '@backstage/plugin-scaffolder-react';

/** It asks nothing, and answers nothing. */
export const configurationSchema = makeFieldSchema({
  output: z => z.null(),
});
