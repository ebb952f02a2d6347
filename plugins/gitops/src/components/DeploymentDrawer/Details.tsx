import { Tab, TabList, TabPanel, Tabs } from '@backstage/ui';
import {
  type Deployment,
  type DeploymentName,
} from '@callboard/backstage-plugin-gitops-common';
import { useState } from 'react';
import { useDeploymentLink } from '../../hooks/useDeploymentLink';
import { useDetail } from '../../hooks/useDetails';
import { SECTIONS, type Section } from '../../presentation/deploymentLink';
import {
  isAwaited,
  type StartedAction,
} from '../../presentation/startedAction';
import { ActionBar } from './Actions/ActionBar';
import { Activity } from './Actions/Activity';
import { Changes } from './Changes/Changes';
import styles from './Details.module.css';
import { Events } from './Events';
import { History } from './History';
import { Logs } from './Logs';
import { Resources } from './Resources/Resources';
import sectionStyles from './Section.module.css';
import { Summary } from './Summary/Summary';

const TITLES: Record<Section, string> = {
  summary: 'Summary',
  resources: 'Resources',
  diff: 'Changes',
  events: 'Events',
  history: 'History',
  logs: 'Logs',
};

/** Everything about a deployment, for those who may look into it. */
export function Details(props: {
  name: DeploymentName;
  deployment: Deployment;
}) {
  const { name, deployment } = props;
  const { link, show } = useDeploymentLink();
  const [started, setStarted] = useState<StartedAction>();
  const detail = useDetail(name, it => isAwaited(started, it, new Date()));
  const sections = SECTIONS.filter(it => it !== 'logs' || link.pod);
  const parts = { name, deployment, detail };
  return (
    <>
      <ActionBar {...parts} onStarted={setStarted} />
      <Activity
        started={started}
        detail={detail.data}
        dismiss={() => setStarted(undefined)}
      />
      <Tabs
        className={styles.tabs}
        selectedKey={link.section}
        onSelectionChange={key => {
          const section = SECTIONS.find(it => it === key);
          if (section && section !== link.section) {
            show({ section });
          }
        }}
      >
        <div className={styles.list}>
          <TabList aria-label="Details">
            {sections.map(it => (
              <Tab key={it} id={it}>
                {TITLES[it]}
              </Tab>
            ))}
          </TabList>
        </div>
        {sections.map(it => (
          <TabPanel key={it} id={it} className={sectionStyles.section}>
            <SectionBody section={it} {...parts} />
          </TabPanel>
        ))}
      </Tabs>
    </>
  );
}

function SectionBody(props: {
  section: Section;
  name: DeploymentName;
  deployment: Deployment;
  detail: ReturnType<typeof useDetail>;
}) {
  const { section, name, deployment, detail } = props;
  const { access } = deployment;
  const { link } = useDeploymentLink();
  switch (section) {
    case 'summary':
      return <Summary name={name} deployment={deployment} detail={detail} />;
    case 'resources':
      return <Resources name={name} access={access} />;
    case 'diff':
      return <Changes name={name} access={access} />;
    case 'events':
      return <Events name={name} />;
    case 'history':
      return <History name={name} />;
    case 'logs':
      return link.pod ? (
        <Logs name={name} pod={link.pod} access={access} />
      ) : null;
    default:
      return section satisfies never;
  }
}
