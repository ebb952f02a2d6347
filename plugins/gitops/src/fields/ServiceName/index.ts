import { createFormField } from '@backstage/plugin-scaffolder-react/alpha';
import { ServiceName } from './ServiceName';
import { serviceNameSchema } from './schema';

/** `ui:field: GitopsServiceName` */
export const serviceName = createFormField({
  name: 'GitopsServiceName',
  component: ServiceName,
  schema: serviceNameSchema,
});
