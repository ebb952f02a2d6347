import { makeFieldSchema } from '@backstage/plugin-scaffolder-react';

/** The template's own JSON schema says which names are well-formed. */
export const serviceNameSchema = makeFieldSchema({
  output: z => z.string(),
});
