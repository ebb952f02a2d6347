import { useEntity } from '@backstage/plugin-catalog-react';
import { ButtonLink, Skeleton } from '@backstage/ui';
import { type PullRequest } from '@callboard/backstage-plugin-gitops-common';
import { type ReactNode } from 'react';
import { useAddLink } from '../../hooks/useAddLink';
import { type EnvironmentView } from '../../presentation/environments';
import { repositoryOf } from '../../presentation/repository';
import { ExternalLink } from '../common/ExternalLink';
import styles from './EnvironmentStrip.module.css';
import { PullRequestLink } from './PullRequestLink';
import { Strip } from './Strip';

/** Where the registration for an environment stands, and what to do about it. */
export function EnvironmentStrip(props: {
  view: EnvironmentView;
  registrations: 'loading' | 'loaded' | 'failed';
}) {
  const { view, registrations } = props;
  switch (view.notice) {
    case 'not-registered':
      return <NotRegistered view={view} />;
    case 'proposed':
      return (
        <Waiting word="Pull request open">
          <Proposal pullRequest={view.registration?.pullRequest} />
          After the merge Argo CD deploys it.
        </Waiting>
      );
    case 'removing':
      return (
        <Waiting word="Being removed">
          <Proposal pullRequest={view.registration?.pullRequest} />
          Until the merge it stays as it is.
        </Waiting>
      );
    case 'awaiting-application':
      return <AwaitingApplication view={view} />;
    case 'first-build':
      return <FirstBuild />;
    case undefined:
      return registrations === 'loading' ? (
        <Skeleton width={240} height={16} />
      ) : (
        <Strip look={{ tone: 'neutral', icon: 'unknown', word: 'Not known' }}>
          No application was found, and where the service is registered could
          not be read.
        </Strip>
      );
    default:
      return view.notice satisfies never;
  }
}

function Waiting(props: { word: string; children: ReactNode }) {
  return (
    <Strip look={{ tone: 'announcement', icon: 'waiting', word: props.word }}>
      {props.children}
    </Strip>
  );
}

function NotRegistered({ view }: { view: EnvironmentView }) {
  const link = useAddLink(view.name);
  const clusters = view.environment?.clusters.map(({ name }) => name) ?? [];
  return (
    <Strip
      look={{ tone: 'neutral', icon: 'absent', word: 'Not registered' }}
      action={
        link && (
          <ButtonLink
            className={styles.action}
            size="small"
            variant="secondary"
            href={link}
          >
            Add to {view.name}
          </ButtonLink>
        )
      }
    >
      Argo CD does not deploy it to {clusters.join(', ')} yet.
      {!link && ' Register it with the template “Add to environment”.'}
    </Strip>
  );
}

function Proposal({ pullRequest }: { pullRequest?: PullRequest }) {
  if (!pullRequest) {
    return <>It waits for its pull request to be merged. </>;
  }
  const { waitsFor, mergeable } = pullRequest;
  return (
    <>
      <PullRequestLink {...pullRequest} /> waits for{' '}
      {waitsFor ?? 'somebody to merge it'}.{' '}
      {mergeable === false &&
        'It conflicts with what was merged since; the portal redoes it. '}
    </>
  );
}

function AwaitingApplication({ view }: { view: EnvironmentView }) {
  const url = view.registration?.url;
  return (
    <Waiting word="Waits for Argo CD">
      It is registered; Argo CD creates the application when it next looks at
      the platform repository, within a few minutes.{' '}
      {url && (
        <>
          If nothing happens, check{' '}
          <ExternalLink href={url}>
            the environment’s kustomization
          </ExternalLink>
          .
        </>
      )}
    </Waiting>
  );
}

function FirstBuild() {
  const { entity } = useEntity();
  const repository = repositoryOf(entity);
  return (
    <Waiting word="Waits for its first build">
      CI builds the first image after a push to the main branch and writes its
      version into the deploy folder. Where main is protected it opens a pull
      request for that, which somebody has to merge.{' '}
      {repository && (
        <>
          Look at the workflow of{' '}
          <ExternalLink href={repository.url}>{repository.name}</ExternalLink>{' '}
          and its{' '}
          <ExternalLink href={`${repository.url}/pulls`}>
            pull requests
          </ExternalLink>
          .
        </>
      )}
    </Waiting>
  );
}
