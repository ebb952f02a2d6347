import { type CredentialFacts } from '../argocd/ArgocdSession';
import { type ArgoRight } from '../argocd/ArgocdSetupClient';
import { type ArgoProject, type ArgoRepository } from '../argocd/setupSchema';
import { type Read } from './Read';

/** What was read of an Argo CD instance. */
export interface InstanceFacts {
  readonly name: string;
  /** Of its user interface. */
  readonly url: string;
  readonly credentials: CredentialFacts;
  readonly version: Read<string>;
  /** Absent where the instance cannot be reached; `undefined` in it for nobody. */
  readonly account?: Read<string | undefined>;
  /** Absent where it refuses the credentials. */
  readonly inside?: InsideFacts;
}

/** What an instance tells only those that it knows. */
export interface InsideFacts {
  /** By {@link keyOf}. */
  readonly rights: ReadonlyMap<string, Read<boolean>>;
  readonly projects: ReadonlyMap<string, Read<ArgoProject>>;
  readonly repositories: Read<ArgoRepository[]>;
}

/** A right as a line of Argo CD's policy has it. */
export function keyOf({ resource, action, object }: ArgoRight): string {
  return `${resource}, ${action}, ${object}`;
}
