import { createFormField } from '@backstage/plugin-scaffolder-react/alpha';
import { LayoutPicker } from './LayoutPicker';
import { checkLayout } from './checkLayout';
import { layoutPickerSchema } from './schema';

/** `ui:field: GitopsLayoutPicker` */
export const layoutPicker = createFormField({
  name: 'GitopsLayoutPicker',
  component: LayoutPicker,
  schema: layoutPickerSchema,
  validation: checkLayout,
});
