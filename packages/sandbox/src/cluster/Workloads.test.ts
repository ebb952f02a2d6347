import { Cluster } from './Cluster';
import { type Deployment, isReady, type Pod } from './Deployment';
import { type KubeObject, refOf } from './KubeObject';
import { Workloads } from './Workloads';
import { REVISION } from './rollDeployment';

const READY_MS = 100;
const DEADLINE_MS = 1_000;
const BACKOFF_MS = 10_000;

function deployment(image: string, replicas = 4): Deployment {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'hello', namespace: 'shop' },
    spec: {
      replicas,
      template: { spec: { containers: [{ name: 'hello', image }] } },
    },
  };
}

describe('a Deployment in a cluster', () => {
  let cluster: Cluster;
  let workloads: Workloads;
  let crashingSince: number | undefined;

  beforeEach(() => {
    jest.useFakeTimers();
    crashingSince = undefined;
    cluster = new Cluster({ name: 'dev', server: 'https://dev.test' });
    workloads = new Workloads(
      cluster,
      {
        registry: {
          has: image => !image.endsWith('missing'),
          push: () => ({ digest: '' }),
        },
        crashingSince: () => crashingSince,
      },
      {
        readyAfterMs: READY_MS,
        progressDeadlineMs: DEADLINE_MS,
        crashBackoffMs: BACKOFF_MS,
      },
    );
  });

  afterEach(() => {
    workloads.stop();
    jest.useRealTimers();
  });

  const of = (kind: string) => cluster.list(object => object.kind === kind);
  const ready = () => of('Pod').filter(pod => isReady(pod as Pod));
  const images = (pods: KubeObject[]) =>
    pods.map(pod => (pod as Pod).spec.containers[0]?.image);
  const status = () => (of('Deployment')[0] as Deployment).status;
  const reason = () =>
    status()?.conditions?.find(({ type }) => type === 'Progressing')?.reason;
  const settle = () => jest.advanceTimersByTime(10 * READY_MS);

  it('has pods that become ready after a while', () => {
    cluster.apply(deployment('hello:1'));

    jest.advanceTimersByTime(READY_MS - 20);
    expect(of('Pod')).toHaveLength(4);
    expect(ready()).toHaveLength(0);

    jest.advanceTimersByTime(40);
    expect(ready()).toHaveLength(4);
    expect(status()).toMatchObject({ availableReplicas: 4, replicas: 4 });
    expect(reason()).toBe('NewReplicaSetAvailable');
  });

  it('never has fewer ready pods than it may while it rolls', () => {
    cluster.apply(deployment('hello:1'));
    settle();
    let fewest = Infinity;
    let most = 0;
    cluster.onChange(() => {
      fewest = Math.min(fewest, ready().length);
      most = Math.max(most, of('Pod').length);
    });

    cluster.apply(deployment('hello:2'));
    settle();

    expect(images(of('Pod'))).toEqual(Array(4).fill('hello:2'));
    expect(fewest).toBeGreaterThanOrEqual(3);
    expect(most).toBeLessThanOrEqual(5);
  });

  it('keeps serving the old image when the new one is missing, and gives up', () => {
    cluster.apply(deployment('hello:1'));
    settle();
    cluster.apply(deployment('hello:missing'));

    jest.advanceTimersByTime(DEADLINE_MS + 50);

    expect(images(ready())).toEqual(Array(3).fill('hello:1'));
    expect(reason()).toBe('ProgressDeadlineExceeded');
  });

  it('goes back to the ReplicaSet it had, which is the newest then', () => {
    cluster.apply(deployment('hello:1'));
    settle();
    cluster.apply(deployment('hello:missing'));
    settle();
    cluster.apply(deployment('hello:1'));
    settle();

    expect(images(ready())).toEqual(Array(4).fill('hello:1'));
    expect(of('ReplicaSet')).toHaveLength(2);
    const [first, second] = of('ReplicaSet').map(set =>
      Number(set.metadata.annotations?.[REVISION]),
    );
    expect(first).toBe((second ?? 0) + 1);
    expect(reason()).toBe('NewReplicaSetAvailable');
  });

  it('scales up and down', () => {
    cluster.apply(deployment('hello:1', 2));
    settle();
    cluster.apply(deployment('hello:1', 5));
    settle();
    expect(ready()).toHaveLength(5);
    cluster.apply(deployment('hello:1', 0));
    settle();
    expect(of('Pod')).toHaveLength(0);
    expect(reason()).toBe('NewReplicaSetAvailable');
  });

  it('replaces a pod that somebody deleted', () => {
    cluster.apply(deployment('hello:1'));
    settle();
    of('Pod')
      .slice(0, 2)
      .forEach(pod => cluster.delete(refOf(pod)));
    settle();
    expect(ready()).toHaveLength(4);
  });

  describe('whose containers crash', () => {
    const container = () =>
      (of('Pod')[0] as Pod).status?.containerStatuses?.[0];
    const events = (object: KubeObject | undefined) =>
      cluster.events
        .about({
          namespace: 'shop',
          name: object?.metadata.name ?? '',
          uid: object?.metadata.uid ?? '',
        })
        .map(event => `${event.reason} ${event.count}`);

    // Kubernetes' docs: the delay is 10 s, 20 s, 40 s, ..., capped at 300 s.
    // https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#restart-policy
    it('starts them again after ever longer pauses, and counts', () => {
      const wrong = deployment('hello:1', 1);
      Object.assign(wrong.spec.template.spec.containers[0] ?? {}, {
        env: [{ name: 'PORT', value: 'http' }],
      });
      cluster.apply(wrong);

      jest.advanceTimersByTime(READY_MS + 50);
      expect(container()).toMatchObject({
        ready: false,
        restartCount: 0,
        state: {
          waiting: {
            reason: 'CrashLoopBackOff',
            message: expect.stringMatching(
              /^back-off 10s restarting failed container=hello pod=hello-.*_shop\(.*\)$/,
            ),
          },
        },
        lastState: { terminated: { exitCode: 1, reason: 'Error' } },
      });

      jest.advanceTimersByTime(BACKOFF_MS);
      expect(container()).toMatchObject({
        restartCount: 1,
        state: { running: {} },
      });

      jest.advanceTimersByTime(3 * BACKOFF_MS);
      expect(container()?.restartCount).toBe(2);
      expect(ready()).toHaveLength(0);
      expect(reason()).toBe('ProgressDeadlineExceeded');
      expect(events(of('Pod')[0])).toEqual([
        'Scheduled 1',
        'BackOff 3',
        'Pulled 2',
        'Created 2',
        'Started 2',
      ]);
    });

    // `syncRolloutStatus` in pkg/controller/deployment/progress.go: a Deployment
    // that was complete is not timed out.
    it('loses its pods without a word about its progress, and gets them back', () => {
      cluster.apply(deployment('hello:1', 2));
      settle();
      crashingSince = Date.now();
      workloads.lookAtAll();

      jest.advanceTimersByTime(DEADLINE_MS * 2);
      expect(status()).toMatchObject({ replicas: 2, availableReplicas: 0 });
      expect(reason()).toBe('NewReplicaSetAvailable');

      crashingSince = undefined;
      workloads.lookAtAll();
      settle();
      expect(ready()).toHaveLength(2);
      expect(container()).toMatchObject({
        restartCount: 1,
        lastState: { terminated: { exitCode: 1 } },
      });
    });
  });

  it('tells what happens to its pods', () => {
    const about = (object: KubeObject | undefined) =>
      cluster.events
        .about({
          namespace: 'shop',
          name: object?.metadata.name ?? '',
          uid: object?.metadata.uid ?? '',
        })
        .map(event => `${event.type} ${event.reason}: ${event.message}`);
    cluster.apply(deployment('hello:missing', 1));
    settle();

    const [pod] = of('Pod');
    const name = pod?.metadata.name;
    const set = of('ReplicaSet')[0];
    expect(about(of('Deployment')[0])).toEqual([
      `Normal ScalingReplicaSet: Scaled up replica set ${set?.metadata.name} from 0 to 1`,
    ]);
    expect(about(set)).toEqual([
      `Normal SuccessfulCreate: Created pod: ${name}`,
    ]);
    expect(about(pod)).toEqual([
      `Normal Scheduled: Successfully assigned shop/${name} to ${
        (pod as Pod).spec.nodeName
      }`,
      'Normal Pulling: Pulling image "hello:missing"',
      expect.stringMatching(
        /^Warning Failed: Failed to pull image .*not found$/,
      ),
      'Warning Failed: Error: ErrImagePull',
      'Normal BackOff: Back-off pulling image "hello:missing"',
      'Warning Failed: Error: ImagePullBackOff',
    ]);

    jest.advanceTimersByTime(60 * 60 * 1000 + 2_000);
    expect(about(pod)).toEqual([]);
  });

  it('takes its pods with it when it is deleted', () => {
    cluster.apply(deployment('hello:1'));
    settle();
    cluster.delete(refOf(deployment('hello:1')));
    settle();
    expect(cluster.list()).toEqual([]);
  });
});
