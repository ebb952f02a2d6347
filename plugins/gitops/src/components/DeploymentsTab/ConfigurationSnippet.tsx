import { Card, CardBody, CardHeader, Text } from '@backstage/ui';
import { Snippet } from '../common/Snippet';
import styles from './EmptyState.module.css';

const EXAMPLE = `gitops:
  environments:
    - name: dev
      platformRepo: https://github.com/acme/gitops-infra
      path: clusters/dev/argocd
      layout: multi-repo
      write: commit
      project: services-dev
      clusters:
        - name: dev
          instance: main
          destination: https://kubernetes.default.svc
argocd:
  appLocatorMethods:
    - type: config
      instances:
        - name: main
          url: https://argocd.example.net
          token: \${ARGOCD_AUTH_TOKEN}
`;

/** What to do where nobody has told the portal about environments. */
export function ConfigurationSnippet({ reason }: { reason: string }) {
  return (
    <Card>
      <CardHeader>
        <Text as="h3" variant="body-large" weight="bold">
          Deployments are not set up in this portal
        </Text>
      </CardHeader>
      <CardBody className={styles.body}>
        <Text as="p">{reason}</Text>
        <Text as="p">
          Whoever runs the portal names environments and Argo CD in its
          app-config.yaml, for example:
        </Text>
        <Snippet text={EXAMPLE} label="Example configuration" />
      </CardBody>
    </Card>
  );
}
