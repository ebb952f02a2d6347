import { type ResourceNode } from '@callboard/backstage-plugin-gitops-common';
import { RiArrowRightSLine } from '@remixicon/react';
import { Button, TreeItemContent } from 'react-aria-components';
import { countNodes } from '../../../presentation/resourceTree';
import {
  lookOfHealthStatus,
  lookOfSyncStatus,
  type StatusLook,
} from '../../../presentation/status';
import { Age } from '../../common/Age';
import { LongText } from '../../common/LongText';
import { StatusLabel } from '../../common/StatusLabel';
import styles from './ResourceTree.module.css';

const SURPLUS: StatusLook = {
  tone: 'warning',
  icon: 'attention',
  word: 'Not in Git',
};

/** One resource of the tree. */
export function ResourceRow(props: {
  node: ResourceNode;
  openLog?: (node: ResourceNode) => void;
}) {
  const { node, openLog } = props;
  return (
    <TreeItemContent>
      {({ hasChildItems, isExpanded }) => (
        <div className={styles.row}>
          <div className={styles.lead}>
            {hasChildItems ? (
              <Button slot="chevron" className={styles.chevron ?? ''}>
                <RiArrowRightSLine
                  className={isExpanded ? styles.open : ''}
                  size={18}
                  aria-hidden
                />
              </Button>
            ) : (
              <span className={styles.chevron} />
            )}
            <div className={styles.name}>
              <span className={styles.kind}>{node.kind}</span> {node.name}
              {hasChildItems && !isExpanded && (
                <span className={styles.quiet}>
                  {' '}
                  · {countNodes(node.children)} inside
                </span>
              )}
            </div>
          </div>
          <Status node={node} />
          <div className={styles.end}>
            {node.createdAt && <Age time={node.createdAt} />}
            {node.kind === 'Pod' && openLog && (
              <Button
                className={styles.log ?? ''}
                aria-label={`Logs of ${node.name}`}
                onPress={() => openLog(node)}
              >
                Logs
              </Button>
            )}
          </div>
          <More node={node} />
        </div>
      )}
    </TreeItemContent>
  );
}

function Status({ node }: { node: ResourceNode }) {
  return (
    <div className={styles.status}>
      <span>
        {node.health && (
          <StatusLabel look={lookOfHealthStatus(node.health.status)} />
        )}
      </span>
      <span>
        {node.requiresPruning ? (
          <StatusLabel look={SURPLUS} />
        ) : (
          node.sync && <StatusLabel look={lookOfSyncStatus(node.sync)} />
        )}
      </span>
    </div>
  );
}

function More({ node }: { node: ResourceNode }) {
  const { restarts, facts, images, health } = node;
  const words = [
    ...facts,
    ...(restarts
      ? [`${restarts} ${restarts === 1 ? 'restart' : 'restarts'}`]
      : []),
    ...images.map(withShortDigest),
  ];
  return words.length > 0 || health?.message ? (
    <div className={styles.more}>
      {health?.message && (
        <div className={styles.message}>
          <LongText limit={160}>{health.message}</LongText>
        </div>
      )}
      {words.join(' · ')}
    </div>
  ) : null;
}

function withShortDigest(image: string): string {
  return image.replace(/(@sha256:[0-9a-f]{7})[0-9a-f]+$/, '$1');
}
