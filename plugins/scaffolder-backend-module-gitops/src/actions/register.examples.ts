import { type TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

export const examples: TemplateExample[] = [
  {
    description: 'Register a service of the catalog for staging',
    example: stringify({
      steps: [
        {
          id: 'register',
          action: 'gitops:register',
          input: {
            entityRef: 'component:default/cart',
            environment: 'staging',
          },
        },
      ],
    }),
  },
  {
    description:
      "Register a service as a remote base of the environment's root application",
    example: stringify({
      steps: [
        {
          id: 'register',
          action: 'gitops:register',
          input: {
            entityRef: 'component:default/cart',
            environment: 'staging',
            layout: 'multi-repo-remote-base',
          },
        },
      ],
    }),
  },
  {
    description:
      'Register a service that is not in the catalog yet for the first environment',
    example: stringify({
      steps: [
        {
          id: 'register',
          action: 'gitops:register',
          input: {
            entityRef: 'component:default/cart',
            owner: 'group:default/storefront',
            repository: 'https://github.com/acme/cart',
          },
        },
      ],
    }),
  },
];
