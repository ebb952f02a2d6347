import { createFormField } from '@backstage/plugin-scaffolder-react/alpha';
import { Configuration } from './Configuration';
import { configurationSchema } from './schema';

/** `ui:field: GitopsConfiguration` */
export const configuration = createFormField({
  name: 'GitopsConfiguration',
  component: Configuration,
  schema: configurationSchema,
});
