import {
  type AccountFacts,
  type PushRules,
  type RepositoryFacts as Described,
  type WebhookFacts,
} from '@callboard/backstage-plugin-gitops-node';
import { type Read } from './Read';

/** What was read of a platform repository. */
export interface RepositoryFacts {
  /** As the configuration has it. */
  readonly url: string;
  /** `owner/name`. */
  readonly slug: string;
  readonly account: Read<AccountFacts>;
  readonly described: Read<Described>;
  /** Absent where the repository cannot be read. */
  readonly inside?: {
    readonly rules: Read<PushRules>;
    readonly webhooks: Read<WebhookFacts>;
    /** Texts by path; `null` where there is no such file. */
    readonly files: ReadonlyMap<string, Read<string | null>>;
  };
}
