import { type EnvironmentConfig } from '@callboard/backstage-plugin-gitops-node';
import { type Application } from '../applications/Application';
import {
  type ApplicationHub,
  type RootApplication,
} from '../applications/ApplicationHub';
import { type ApplicationChange } from '../applications/ApplicationStore';
import { isRootOf } from '../applications/isRootOf';
import { type ChangeSignals } from './ChangeSignals';
import { conditionMessage } from './deriveSyncMessage';

/** Makes signals of what changes in the hub. */
export function connectSignals(options: {
  hub: ApplicationHub;
  signals: ChangeSignals;
  environments: readonly EnvironmentConfig[];
}): void {
  const { hub, signals, environments } = options;
  // What an environment's root suffers from is told to everybody.
  const trouble = (application: Application | undefined) =>
    application &&
    environments.some(environment => isRootOf(application, environment))
      ? conditionMessage(application)
      : undefined;
  // Services that had a part are told as well as those that have one now.
  const roots = new Map<string, RootApplication>();
  const tellSharers = ({ before, after }: ApplicationChange) => {
    const id = (after ?? before)?.id ?? '';
    const known = roots.get(id);
    const content = after && hub.detailsOf(after).root;
    roots.delete(id);
    if (known) {
      signals.rootChanged(known);
    }
    if (content) {
      const root = { application: after, content };
      roots.set(id, root);
      signals.rootChanged(root);
    }
  };
  hub.onApplicationChange(change => {
    if (trouble(change.before) !== trouble(change.after)) {
      signals.everythingChanged();
    } else {
      signals.applicationChanged(change);
    }
    tellSharers(change);
  });
  hub.onSourceChange(instance => signals.instanceChanged(instance));
}
