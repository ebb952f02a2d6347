import { createFormField } from '@backstage/plugin-scaffolder-react/alpha';
import { InWords } from './InWords';
import { inWordsSchema } from './schema';

/** `ui:field: GitopsInWords` */
export const inWords = createFormField({
  name: 'GitopsInWords',
  component: InWords,
  schema: inWordsSchema,
});
