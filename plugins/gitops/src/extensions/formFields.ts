import { FormFieldBlueprint } from '@backstage/plugin-scaffolder-react/alpha';

/**
 * Fields for the forms of software templates, by `ui:field`. They attach to the
 * scaffolder, and to nothing where the portal has none.
 */
export const formFields = [
  FormFieldBlueprint.make({
    name: 'service-name',
    params: {
      field: async () => {
        const { serviceName } = await import('../fields/ServiceName');
        return serviceName;
      },
    },
  }),
  FormFieldBlueprint.make({
    name: 'configuration',
    params: {
      field: async () => {
        const { configuration } = await import('../fields/Configuration');
        return configuration;
      },
    },
  }),
  FormFieldBlueprint.make({
    name: 'environment-picker',
    params: {
      field: async () => {
        const { environmentPicker } = await import(
          '../fields/EnvironmentPicker'
        );
        return environmentPicker;
      },
    },
  }),
  FormFieldBlueprint.make({
    name: 'layout-picker',
    params: {
      field: async () => {
        const { layoutPicker } = await import('../fields/LayoutPicker');
        return layoutPicker;
      },
    },
  }),
  FormFieldBlueprint.make({
    name: 'in-words',
    params: {
      field: async () => {
        const { inWords } = await import('../fields/InWords');
        return inWords;
      },
    },
  }),
];
