import { Cluster } from './Cluster';
import { type Deployment, isReady, type Pod } from './Deployment';
import { type KubeObject, refOf } from './KubeObject';
import { Workloads } from './Workloads';
import { REVISION } from './rollDeployment';

const READY_MS = 100;
const DEADLINE_MS = 1_000;

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

  beforeEach(() => {
    jest.useFakeTimers();
    cluster = new Cluster({ name: 'dev', server: 'https://dev.test' });
    workloads = new Workloads(
      cluster,
      {
        has: image => !image.endsWith('missing'),
        push: () => ({ digest: '' }),
      },
      { readyAfterMs: READY_MS, progressDeadlineMs: DEADLINE_MS },
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

  it('takes its pods with it when it is deleted', () => {
    cluster.apply(deployment('hello:1'));
    settle();
    cluster.delete(refOf(deployment('hello:1')));
    settle();
    expect(cluster.list()).toEqual([]);
  });
});
