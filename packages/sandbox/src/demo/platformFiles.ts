// Files of the platform repository that are the same everywhere.

export const README = `# gitops-infra

What Argo CD deploys. Each environment is a folder under \`clusters/\`:

- \`app-of-apps.yaml\` is the root, applied by hand once.
- \`kustomization.yaml\` lists everything else, one line for each application.
- \`project.yaml\` says what services may do there.
- \`apps/\` has one Application for each service and cluster.

Services register themselves through the portal. Changes of \`main\` need a
review, but for registrations in dev and staging, which the portal commits.
`;

export const COMPONENT = `apiVersion: kustomize.config.k8s.io/v1alpha1
kind: Component

resources:
  - budget.yaml
`;

export const BUDGET = `apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: one-at-a-time
spec:
  maxUnavailable: 1
  selector: {}
`;
