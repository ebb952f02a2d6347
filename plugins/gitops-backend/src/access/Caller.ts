import {
  type BackstageCredentials,
  type BackstageUserPrincipal,
} from '@backstage/backend-plugin-api';
import { type Request } from 'express';

/** A person who has something done. */
export interface Caller {
  /** Proof of who it is. */
  readonly credentials: BackstageCredentials<BackstageUserPrincipal>;
  /** What it was asked with, where that was HTTP; tells the audit log from where. */
  readonly request?: Request;
}
