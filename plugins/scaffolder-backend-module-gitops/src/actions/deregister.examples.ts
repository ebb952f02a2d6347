import { type TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

export const examples: TemplateExample[] = [
  {
    description:
      'Remove a service from staging, with everything that runs there',
    example: stringify({
      steps: [
        {
          id: 'deregister',
          action: 'gitops:deregister',
          input: {
            entityRef: 'component:default/cart',
            environment: 'staging',
            workloads: 'delete',
          },
        },
      ],
    }),
  },
];
