import { type BackstageCredentials } from '@backstage/backend-plugin-api';
import { type SetupReport } from '@callboard/backstage-plugin-gitops-common';
import { type SetupAuthorizer } from './SetupAuthorizer';
import { SharedAnswer } from './SharedAnswer';

const KEPT_MS = 60_000;

/** Answers how the portal's connections to other systems are set up. */
export class SetupService {
  readonly #authorizer: SetupAuthorizer;
  readonly #report: SharedAnswer<SetupReport>;

  constructor(options: {
    authorizer: SetupAuthorizer;
    /** Asks the systems; the answer is shared by all who ask within a minute. */
    runChecks: () => Promise<SetupReport>;
  }) {
    this.#authorizer = options.authorizer;
    this.#report = new SharedAnswer({
      work: options.runChecks,
      keptMs: () => KEPT_MS,
    });
  }

  /**
   * @param isFresh - asks the systems again, unless that was done a moment ago
   * @throws NotAllowedError without the permission `gitops.setup.read`.
   */
  async report(
    isFresh: boolean,
    credentials: BackstageCredentials,
  ): Promise<SetupReport> {
    await this.#authorizer.authorize(credentials);
    return this.#report.get(isFresh);
  }
}
