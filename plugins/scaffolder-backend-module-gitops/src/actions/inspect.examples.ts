import { type TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

export const examples: TemplateExample[] = [
  {
    description:
      'Create the repository only where there is none, and push only where it is empty',
    example: stringify({
      steps: [
        {
          id: 'inspect',
          action: 'gitops:inspect',
          input: { name: 'cart', owner: 'group:default/storefront' },
        },
        {
          id: 'create',
          action: 'github:repo:create',
          if: '${{ steps.inspect.output.create }}',
          input: { repoUrl: '${{ steps.inspect.output.repoUrl }}' },
        },
      ],
    }),
  },
];
