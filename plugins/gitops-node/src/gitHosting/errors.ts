import { CustomErrorBase } from '@backstage/errors';

/**
 * Why a call of the Git hosting failed.
 *
 * - `unreachable`: no connection, no answer in time, or a failure on its side
 * - `unauthorised`: it refused the portal's credentials
 * - `limited`: it asked us to slow down
 * - `failed`: it answered something that is not expected here
 *
 * @public
 */
export type UpstreamFailure =
  | 'unreachable'
  | 'unauthorised'
  | 'limited'
  | 'failed';

/**
 * A call of the Git hosting that failed; a retry may help.
 *
 * Carries neither the cause nor an address: whatever hangs on a thrown error
 * reaches the browser. The original is in the log.
 *
 * @public
 */
export class UpstreamError extends CustomErrorBase {
  override name = 'UpstreamError' as const;
  readonly statusCode = 502;
  readonly failure: UpstreamFailure;

  constructor(failure: UpstreamFailure, message: string) {
    super(message);
    this.failure = failure;
  }
}

/**
 * Why a repository cannot be read or written as wanted.
 *
 * - `missing`: there is none, or the portal's account cannot see it
 * - `empty`: it has no such branch
 * - `archived`: it is read-only
 * - `protected`: the branch takes changes by pull request only
 * - `no-permission`: the portal's account may not write
 * - `not-ours`: the branch holds what somebody else wrote
 *
 * @public
 */
export type RepositoryRefusal =
  | 'missing'
  | 'empty'
  | 'archived'
  | 'protected'
  | 'no-permission'
  | 'not-ours';

/**
 * The repository does not allow what was wanted; trying again changes nothing
 * until somebody changes the repository or its rights.
 *
 * @public
 */
export class RepositoryRefusedError extends CustomErrorBase {
  override name = 'RepositoryRefusedError' as const;
  readonly statusCode = 409;
  readonly refusal: RepositoryRefusal;

  constructor(refusal: RepositoryRefusal, message: string) {
    super(message);
    this.refusal = refusal;
  }
}
