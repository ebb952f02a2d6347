import {
  type Deployment,
  type DeploymentDetail,
  type DeploymentName,
} from '@callboard/backstage-plugin-gitops-common';
import { type ReactNode } from 'react';
import { type useDetail } from '../../../hooks/useDetails';
import { describeSyncPolicy } from '../../../presentation/syncPolicy';
import { Age } from '../../common/Age';
import { Fact, Facts } from '../../common/Facts';
import { LongText } from '../../common/LongText';
import { Piece } from '../Piece';
import { Conditions } from './Conditions';
import { Operation } from './Operation';
import { Origins } from './Origins';
import { ReleaseFacts } from './ReleaseFacts';
import styles from './Summary.module.css';
import { Windows } from './Windows';

/** How a deployment is, and why. */
export function Summary(props: {
  name: DeploymentName;
  deployment: Deployment;
  detail: ReturnType<typeof useDetail>;
}) {
  const { name, deployment, detail } = props;
  const { health, sync, since } = deployment;
  return (
    <>
      {detail.data && <Conditions conditions={detail.data.conditions} />}
      <Block title="Release">
        <Facts>
          <ReleaseFacts deployment={deployment} />
          {since && (
            <Fact name="Live since">
              <Age time={since} />
            </Fact>
          )}
          {health.message && (
            <Fact name="Health">
              <LongText limit={300}>{health.message}</LongText>
            </Fact>
          )}
          {sync.message && (
            <Fact name="Sync">
              <LongText limit={300}>{sync.message}</LongText>
            </Fact>
          )}
        </Facts>
      </Block>
      <Block title="Source">
        <Origins name={name} />
      </Block>
      <Block title="When it is synced">
        <Piece query={detail} what="What Argo CD knows">
          {data => <Policy detail={data} />}
        </Piece>
        <Windows
          name={name}
          place={deployment.environment ?? deployment.cluster}
        />
      </Block>
      {detail.data?.operation && (
        <Block title="Last sync">
          <Operation operation={detail.data.operation} />
        </Block>
      )}
    </>
  );
}

function Block(props: { title: string; children: ReactNode }) {
  return (
    <section className={styles.block} aria-label={props.title}>
      <h3 className={styles.title}>{props.title}</h3>
      {props.children}
    </section>
  );
}

function Policy({ detail }: { detail: DeploymentDetail }) {
  return (
    <>
      <p className={styles.text}>{describeSyncPolicy(detail.syncPolicy)}</p>
      {detail.comparedAt && (
        <p className={styles.quiet}>
          Compared with Git <Age time={detail.comparedAt} />
        </p>
      )}
    </>
  );
}
