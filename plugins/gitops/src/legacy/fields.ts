import { createScaffolderFieldExtension } from '@backstage/plugin-scaffolder-react';
import { Configuration } from '../fields/Configuration/Configuration';
import { configurationSchema } from '../fields/Configuration/schema';
import { EnvironmentPicker } from '../fields/EnvironmentPicker/EnvironmentPicker';
import { checkEnvironment } from '../fields/EnvironmentPicker/checkEnvironment';
import { environmentPickerSchema } from '../fields/EnvironmentPicker/schema';
import { InWords } from '../fields/InWords/InWords';
import { inWordsSchema } from '../fields/InWords/schema';
import { LayoutPicker } from '../fields/LayoutPicker/LayoutPicker';
import { checkLayout } from '../fields/LayoutPicker/checkLayout';
import { layoutPickerSchema } from '../fields/LayoutPicker/schema';
import { ServiceName } from '../fields/ServiceName/ServiceName';
import { serviceNameSchema } from '../fields/ServiceName/schema';
import { gitopsPlugin } from './plugin';

/*
 * For `ScaffolderFieldExtensions`. The old frontend system loads fields with the
 * app: it knows no lazy ones.
 */

/** @public */
export const GitopsServiceNameField = gitopsPlugin.provide(
  createScaffolderFieldExtension({
    name: 'GitopsServiceName',
    component: ServiceName,
    schema: serviceNameSchema.schema,
  }),
);

/** @public */
export const GitopsConfigurationField = gitopsPlugin.provide(
  createScaffolderFieldExtension({
    name: 'GitopsConfiguration',
    component: Configuration,
    schema: configurationSchema.schema,
  }),
);

/** @public */
export const GitopsEnvironmentPickerField = gitopsPlugin.provide(
  createScaffolderFieldExtension({
    name: 'GitopsEnvironmentPicker',
    component: EnvironmentPicker,
    schema: environmentPickerSchema.schema,
    validation: checkEnvironment,
  }),
);

/** @public */
export const GitopsLayoutPickerField = gitopsPlugin.provide(
  createScaffolderFieldExtension({
    name: 'GitopsLayoutPicker',
    component: LayoutPicker,
    schema: layoutPickerSchema.schema,
    validation: checkLayout,
  }),
);

/** @public */
export const GitopsInWordsField = gitopsPlugin.provide(
  createScaffolderFieldExtension({
    name: 'GitopsInWords',
    component: InWords,
    schema: inWordsSchema.schema,
  }),
);
