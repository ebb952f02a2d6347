import { type EnvironmentConfig } from '@callboard/backstage-plugin-gitops-node';
import { type Application } from '../applications/Application';
import { type ApplicationHub } from '../applications/ApplicationHub';
import { type ChangeSignals } from './ChangeSignals';
import { conditionMessage } from './deriveSyncMessage';
import { isRootOf } from './platformSources';

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
  hub.onApplicationChange(change => {
    if (trouble(change.before) !== trouble(change.after)) {
      signals.everythingChanged();
    } else {
      signals.applicationChanged(change);
    }
  });
  hub.onSourceChange(instance => signals.instanceChanged(instance));
}
