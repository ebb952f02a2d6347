import { type DeploymentName } from './DeploymentDetail';

/**
 * The type of the documents that the search has of deployments.
 *
 * @public
 */
export const DEPLOYMENT_DOCUMENT = 'gitops-deployment';

/**
 * A deployment as the search keeps it: one document for each, so that words that
 * are found together belong together, and so that a policy can decide on each.
 *
 * Every text in it can be searched for. Nothing here may be true of something
 * else than this deployment: not the versions of other environments, not the
 * version that is only asked for, not the entity's `lifecycle: production`.
 *
 * Lunr takes no notice of what is within objects. That is meant: to it a word
 * counts the less the more fields have it, and its index breaks over words with
 * many digits, such as commits and digests.
 *
 * @public
 */
export interface DeploymentDocument {
  readonly title: string;
  readonly text: string;
  /** Address of the deployment in the portal; each has its own. */
  readonly location: string;
  /** Of the entity, as the search page filters by it. */
  readonly kind: string;
  readonly namespace: string;
  /** What runs, as people call it; empty where nothing does, or it is not known. */
  readonly version: string;
  /** Empty where it is none of the configured ones. */
  readonly environment: string;
  readonly cluster: string;
  readonly states: readonly string[];
  /** Of Argo CD. */
  readonly instance: string;
  readonly deployment: DeploymentName;
  /** What runs; nothing where that is not known. */
  readonly release: {
    readonly version: string;
    /** As people may write its images and its version. */
    readonly spellings: readonly string[];
  } | null;
}
