import { isError } from '@backstage/errors';
import { type Cluster } from '../../cluster/Cluster';
import { keyOf, refOf, type ResourceRef } from '../../cluster/KubeObject';
import { specErrors } from '../AppProject';
import {
  type Application,
  type ApplicationCondition,
  projectOf,
  sourceOf,
} from '../Application';
import { type Clusters } from '../Clusters';
import { compare, type Comparison } from '../compare';
import { type Manifests, type Rendered } from '../repositories/Manifests';
import { type Repositories } from '../repositories/Repositories';
import { type Target } from './Target';

/** How thoroughly to look: each includes the ones before it. */
export const LIVE = 0;
/** At Git too, but what another application saw a moment ago will do. */
export const LOOK = 1;
export const NORMAL = 2;
/** Forgetting rendered manifests, so that remote bases are read again. */
export const HARD = 3;
export type Level = typeof LIVE | typeof LOOK | typeof NORMAL | typeof HARD;

export type Outcome =
  | { kind: 'invalid'; conditions: ApplicationCondition[] }
  /** The cluster does not answer: nothing is known but what was seen before. */
  | { kind: 'unreachable'; conditions: ApplicationCondition[] }
  | {
      kind: 'compared';
      comparison: Comparison;
      rendered: Rendered | undefined;
      conditions: ApplicationCondition[];
    };

/** Finds out how an application stands; changes nothing. */
export class Reconciler {
  readonly #clusters: Clusters;
  readonly #repositories: Repositories;
  readonly #manifests: Manifests;
  readonly #lookOutIntervalMs: number;
  readonly #revisions = new Map<string, { asked: string; sha: string }>();

  constructor(parts: {
    clusters: Clusters;
    repositories: Repositories;
    manifests: Manifests;
    lookOutIntervalMs: number;
  }) {
    this.#clusters = parts.clusters;
    this.#repositories = parts.repositories;
    this.#manifests = parts.manifests;
    this.#lookOutIntervalMs = parts.lookOutIntervalMs;
  }

  async reconcile(application: Application, level: Level): Promise<Outcome> {
    const target = this.target(application);
    if ('error' in target) return invalid(target.error);
    const lost = this.connectionErrors(target.cluster);
    if (lost.length) return unreachable(lost);
    const loaded = await this.#load(application, level);
    const comparison = compare(application, loaded.rendered?.manifests, target);
    return {
      kind: 'compared',
      comparison,
      rendered: loaded.rendered,
      conditions: [
        ...loaded.errors.map(message => ({ type: 'ComparisonError', message })),
        ...comparison.specErrors.map(message => ({
          type: 'InvalidSpecError',
          message,
        })),
        ...comparison.sharedWarnings.map(message => ({
          type: 'SharedResourceWarning',
          message,
        })),
      ],
    };
  }

  /** The cluster and project an application names, or why it may not have them. */
  target(application: Application): Target | { error: string[] } {
    const name = projectOf(application);
    const project = this.#clusters.project(name);
    if (!project) {
      return {
        error: [`Application referencing project ${name} which does not exist`],
      };
    }
    const { destination } = application.spec;
    const cluster = this.#clusters.find(destination);
    if (!cluster) {
      const error = destination.server
        ? `error getting cluster by server "${destination.server}": rpc error: code = NotFound desc = cluster "${destination.server}" not found`
        : `unable to find destination server: there are no clusters with this name: ${
            destination.name ?? ''
          }`;
      return { error: [error] };
    }
    const errors = specErrors(application, project, cluster);
    return errors.length ? { error: errors } : { cluster, project };
  }

  /** Why nothing can be said about what is in a cluster; empty where it answers. */
  connectionErrors(cluster: Cluster): string[] {
    const reason = this.#clusters.connections.syncError(cluster);
    if (!reason) return [];
    const { server } = cluster;
    const unknown = `failed to get cluster info for "${server}": error synchronizing cache state : ${reason}`;
    return [
      `Failed to load target state: failed to get cluster version for cluster "${server}": ${unknown}`,
      `Failed to load live state: ${unknown}`,
    ];
  }

  /**
   * What the last look found: while a cluster does not answer, the resources
   * are those that were there when it did.
   */
  lastLook(
    application: Application,
  ): (Target & { revision: string | undefined }) | { error: string[] } {
    const target = this.target(application);
    if ('error' in target) return target;
    const cluster = this.#clusters.connections.seen(target.cluster);
    const { revision } = application.status?.sync ?? {};
    const before = this.#revisions.get(keyOf(refOf(application)))?.sha;
    return {
      ...target,
      cluster,
      revision: cluster === target.cluster ? revision : before,
    };
  }

  /**
   * The manifests of an application at a revision.
   *
   * @throws an error in the words of Argo CD's repo server.
   */
  async render(
    application: Application,
    revision: string,
    hard = false,
  ): Promise<Rendered> {
    const source = sourceOf(application);
    const sha = await this.#repositories.resolve(source.repoURL, revision, 0);
    return this.#manifests.render(source, sha, hard);
  }

  forget(ref: ResourceRef): void {
    this.#revisions.delete(keyOf(ref));
  }

  async #load(
    application: Application,
    level: Level,
  ): Promise<{ rendered: Rendered | undefined; errors: string[] }> {
    try {
      const sha = await this.#revision(application, level);
      const source = sourceOf(application);
      const rendered = await this.#manifests.render(
        source,
        sha,
        level === HARD,
      );
      return { rendered, errors: [] };
    } catch (error) {
      return { rendered: undefined, errors: [loadError(error)] };
    }
  }

  async #revision(application: Application, level: Level): Promise<string> {
    const source = sourceOf(application);
    const asked = JSON.stringify([source.repoURL, source.targetRevision]);
    const key = keyOf(refOf(application));
    const known = this.#revisions.get(key);
    if (level === LIVE && known?.asked === asked) return known.sha;
    const sha = await this.#repositories.resolve(
      source.repoURL,
      source.targetRevision ?? 'HEAD',
      level === LOOK ? this.#lookOutIntervalMs / 2 : 0,
    );
    this.#revisions.set(key, { asked, sha });
    return sha;
  }
}

/** What a failure to load manifests is called in a condition, and in an operation's message. */
export function loadError(error: unknown): string {
  const reason = isError(error) ? error.message : String(error);
  return `Failed to load target state: failed to generate manifest for source 1 of 1: rpc error: code = Unknown desc = ${reason}`;
}

function unreachable(errors: readonly string[]): Outcome {
  return {
    kind: 'unreachable',
    conditions: errors.map(message => ({ type: 'ComparisonError', message })),
  };
}

function invalid(errors: readonly string[]): Outcome {
  return {
    kind: 'invalid',
    conditions: errors.map(message => ({ type: 'InvalidSpecError', message })),
  };
}
