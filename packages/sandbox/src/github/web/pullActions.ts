import { ApiError } from '../http/ApiError';
import { type Reply } from '../http/Reply';
import { changePull, reviewPull } from '../pulls/changePull';
import { mergePull } from '../pulls/mergePull';
import { openPull, pullNumbered } from '../pulls/openPull';
import { type UserRecord } from '../records';
import { type RepositoryView, pathTo } from './View';
import { seeOther } from './pages/edit';
import { pullPage } from './pages/pulls';

/** A form that was sent, and by whom. */
interface Sent {
  readonly form: URLSearchParams;
  readonly actor: UserRecord;
}

/** Opens a pull request from the page that compares. */
export async function createPull(
  view: RepositoryView,
  { form, actor }: Sent,
): Promise<Reply> {
  const pull = await openPull(view.site, view.repository, {
    title: form.get('title') ?? '',
    head: form.get('head') ?? '',
    base: form.get('base') ?? '',
    login: actor.login,
  });
  return seeOther(pathTo(view, 'pull', String(pull.number)));
}

/** Approves, merges, closes or reopens. What the rules refuse is said on the page. */
export async function actOnPull(
  view: RepositoryView,
  sent: Sent,
): Promise<Reply> {
  const [number = '', action = ''] = view.rest.split('/');
  try {
    await act(view, { ...sent, number, action });
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const [detail] = error.errors ?? [];
    const page = { ...view, rest: number };
    const said = typeof detail === 'string' ? detail : detail?.message;
    const reply = await pullPage(page, said ?? error.message);
    return { ...reply, status: error.status };
  }
  return seeOther(pathTo(view, 'pull', number));
}

async function act(
  { site, repository }: RepositoryView,
  { form, actor, number, action }: Sent & { number: string; action: string },
): Promise<void> {
  const pull = pullNumbered(repository, number);
  const allowed = site.accounts.mayWrite(repository.record, actor.login);
  if (!allowed) throw new ApiError(403, `${actor.name} may not write here`);
  switch (action) {
    case 'approve':
      await reviewPull(site, repository, {
        pull,
        actor,
        state: 'APPROVED',
        body: '',
      });
      return;
    case 'merge': {
      const method = form.get('method') === 'squash' ? 'squash' : 'merge';
      const sha = form.get('sha') ?? undefined;
      await mergePull(site, repository, { pull, actor, method, sha });
      return;
    }
    case 'close':
    case 'reopen': {
      const state = action === 'close' ? 'closed' : 'open';
      await changePull(site, repository, { pull, actor, change: { state } });
      return;
    }
    default:
      throw new ApiError(404, 'Not Found');
  }
}
