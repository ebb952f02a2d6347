import { type TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

export const examples: TemplateExample[] = [
  {
    description: 'Wait for a service that catalog:register entered just now',
    example: stringify({
      steps: [
        {
          id: 'await',
          action: 'gitops:await-entity',
          input: { entityRef: 'component:default/cart' },
        },
      ],
    }),
  },
];
