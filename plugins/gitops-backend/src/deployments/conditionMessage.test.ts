import { conditionMessage } from './deriveSyncMessage';

function messageOf(message: string) {
  return conditionMessage({
    conditions: [{ type: 'ComparisonError', message }],
  });
}

describe('conditionMessage', () => {
  it('goes straight to the cause, past the calls that passed it on', () => {
    expect(
      messageOf(
        'Failed to load target state: failed to generate manifest for source 1 of 1: rpc error: code = Unknown desc = `kustomize build .` failed exit status 1: Error: no such file',
      ),
    ).toBe(
      'Argo CD cannot tell what should run: `kustomize build .` failed exit status 1: Error: no such file',
    );
  });

  it.each([
    'Failed to load live state: failed to get cluster info for "https://k8s": error synchronizing cache state : i/o timeout',
    'Failed to load target state: failed to get cluster version for cluster "https://k8s": failed to get cluster info for "https://k8s": i/o timeout',
  ])('says that a cluster does not answer: %s', message => {
    expect(messageOf(message)).toMatch(
      /^Argo CD cannot reach the cluster, and shows what it saw last: i\/o timeout$/,
    );
  });

  it('leaves other messages as they are', () => {
    expect(messageOf('the cluster does not answer')).toBe(
      'Argo CD cannot tell what should run: the cluster does not answer',
    );
  });
});
