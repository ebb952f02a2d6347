import { makeFieldSchema } from '@backstage/plugin-scaffolder-react';

/**
 * Words by the name of the question that they answer. The template's own JSON
 * schema says which questions, and what the review page calls them.
 */
export const inWordsSchema = makeFieldSchema({
  output: z => z.record(z.string()),
});
