import { createFormField } from '@backstage/plugin-scaffolder-react/alpha';
import { EnvironmentPicker } from './EnvironmentPicker';
import { checkEnvironment } from './checkEnvironment';
import { environmentPickerSchema } from './schema';

/** `ui:field: GitopsEnvironmentPicker` */
export const environmentPicker = createFormField({
  name: 'GitopsEnvironmentPicker',
  component: EnvironmentPicker,
  schema: environmentPickerSchema,
  validation: checkEnvironment,
});
