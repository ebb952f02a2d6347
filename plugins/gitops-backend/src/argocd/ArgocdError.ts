import { CustomErrorBase, isError } from '@backstage/errors';

/**
 * Why a call of Argo CD's failed.
 *
 * - `unreachable`: no connection, no answer in time, or none that we understand
 * - `unauthorised`: our credentials were refused
 * - `forbidden`: they were taken, but the account lacks the right to do this
 * - `limited`: Argo CD asked us to slow down
 * - `missing`: there is no such application
 * - `refused`: it answered, but not this question (invalid, failed)
 */
export type ArgocdFailure =
  | 'unreachable'
  | 'unauthorised'
  | 'forbidden'
  | 'limited'
  | 'missing'
  | 'refused';

/**
 * A call of Argo CD's that failed.
 *
 * Carries no cause, address or credentials: whatever hangs on a thrown error
 * may end up in an answer. `detail` is for logs.
 */
export class ArgocdError extends CustomErrorBase {
  override name = 'ArgocdError' as const;
  readonly statusCode = 502;
  readonly failure: ArgocdFailure;
  readonly detail: string;

  constructor(failure: ArgocdFailure, message: string, detail: string) {
    super(message);
    this.failure = failure;
    this.detail = detail;
    // Enumerable fields are serialised into answers.
    Object.defineProperty(this, 'detail', { enumerable: false });
  }
}

/** The failure behind anything that was thrown. */
export function failureOf(error: unknown): ArgocdFailure {
  return error instanceof ArgocdError ? error.failure : 'unreachable';
}

/** What to write into the log about anything that was thrown; no secrets. */
export function detailOf(error: unknown): string {
  if (error instanceof ArgocdError) {
    return error.detail;
  }
  return isError(error) ? error.name : 'unknown';
}
