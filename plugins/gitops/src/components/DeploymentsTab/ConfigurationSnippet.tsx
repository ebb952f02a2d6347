import { Card, CardBody, CardHeader, Text } from '@backstage/ui';
import { EXAMPLE_CONFIGURATION } from '@callboard/backstage-plugin-gitops-common';
import { Snippet } from '../common/Snippet';
import styles from './EmptyState.module.css';

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
        <Snippet text={EXAMPLE_CONFIGURATION} label="Example configuration" />
      </CardBody>
    </Card>
  );
}
