import { type Cluster } from '../cluster/Cluster';
import { involved } from '../cluster/EventRecorder';
import { type Application, type OperationState } from './Application';

interface Audit {
  reason: 'OperationStarted' | 'OperationCompleted' | 'ResourceUpdated';
  message: string;
  type?: 'Normal' | 'Warning';
  /** Whoever asked the API server for it; what the controller did has nobody. */
  user?: string;
}

/** Writes down what was done to an application, as an event of it (util/argo/audit_logger.go). */
export function audit(
  control: Cluster,
  application: Application,
  { reason, message, type = 'Normal', user }: Audit,
): void {
  const { server = '', namespace = '' } = application.spec.destination;
  const component = user ? 'argocd-server' : 'argocd-application-controller';
  control.events.record(
    involved(application),
    {
      type,
      reason,
      message: user ? `${user} ${message}` : message,
      source: { component },
    },
    {
      'dest-server': server,
      'dest-namespace': namespace,
      ...(user ? { user } : {}),
    },
  );
}

/** What became different, in the words of `persistAppStatus` in controller/appcontroller.go. */
export function auditStatus(
  control: Cluster,
  before: Application,
  after: Application,
): void {
  const tell = (what: string, from: string = '', to: string = '') => {
    if (from === to) return;
    const message = `Updated ${what} status: ${from} -> ${to}`;
    audit(control, before, { reason: 'ResourceUpdated', message });
  };
  const [old, now] = [before.status, after.status];
  tell('sync', old?.sync?.status, now?.sync?.status);
  tell('health', old?.health?.status, now?.health?.status);
}

/** How an operation ended, in the words of `setOperationState` there. */
export function auditCompletion(
  control: Cluster,
  application: Application,
  { message, operation, phase, syncResult }: OperationState,
): void {
  const partial = !!operation.sync?.resources?.length;
  const words = [
    partial ? 'Partial sync operation' : 'Sync operation',
    ...(syncResult ? ['to', syncResult.revision ?? ''] : []),
    ...(phase === 'Succeeded' ? ['succeeded'] : ['failed:', message ?? '']),
  ];
  audit(control, application, {
    reason: 'OperationCompleted',
    message: words.join(' '),
    type: phase === 'Succeeded' ? 'Normal' : 'Warning',
  });
}
