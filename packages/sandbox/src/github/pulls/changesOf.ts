import { type Changes } from '../../git/Comparisons';
import { type HostedRepository } from '../Repositories';
import { type PullRecord } from '../records';

/** What a pull request would bring into its base. */
export async function changesOf(
  { git }: HostedRepository,
  pull: PullRecord,
): Promise<Changes & { readonly from: string }> {
  const common = await git.comparisons.mergeBase(pull.baseSha, pull.headSha);
  const from = common ?? pull.baseSha;
  return { ...(await git.comparisons.changes(from, pull.headSha)), from };
}
