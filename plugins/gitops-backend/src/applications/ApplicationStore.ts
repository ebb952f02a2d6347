import { isDeepStrictEqual } from 'node:util';
import { ENTITY_REF_ANNOTATION } from '@callboard/backstage-plugin-gitops-common';
import { type Application } from './Application';
import { ApplicationIndex } from './ApplicationIndex';
import { everySource } from './everySource';
import { parseRepositoryAddress } from './repositoryAddress';

/** An application that came, changed or went. */
export interface ApplicationChange {
  readonly before?: Application;
  readonly after?: Application;
  /** Whether Argo CD told that it was deleted; lists only stop to have it. */
  readonly deleted?: boolean;
}

/**
 * All applications of all instances, in memory. Watchers fill it; everything
 * else reads it, so that a page view asks no Argo CD.
 */
export class ApplicationStore {
  readonly #byId = new Map<string, Application>();
  readonly #byInstance = new ApplicationIndex(({ instance }) => [instance]);
  readonly #byName = new ApplicationIndex(({ name }) => [name]);
  readonly #byLabel = new ApplicationIndex(({ labels }) =>
    Object.entries(labels).map(([key, value]) => `${key}=${value}`),
  );
  readonly #byProject = new ApplicationIndex(({ project }) => [project]);
  readonly #byEntity = new ApplicationIndex(application => {
    const entityRef = declaredEntity(application);
    return entityRef ? [entityRef] : [];
  });
  readonly #byRepository = new ApplicationIndex(application => [
    ...new Set(
      everySource(application).flatMap(
        ({ repo }) => parseRepositoryAddress(repo)?.path ?? [],
      ),
    ),
  ]);
  readonly #listeners = new Set<(change: ApplicationChange) => void>();

  get(id: string): Application | undefined {
    return this.#byId.get(id);
  }

  all(): Application[] {
    return [...this.#byId.values()];
  }

  ofInstance(instance: string): Application[] {
    return this.#find(this.#byInstance, instance);
  }

  byName(name: string): Application[] {
    return this.#find(this.#byName, name);
  }

  byLabel(key: string, value: string): Application[] {
    return this.#find(this.#byLabel, `${key}=${value}`);
  }

  byProject(project: string): Application[] {
    return this.#find(this.#byProject, project);
  }

  /** Applications that name the entity in their annotation. */
  byEntity(entityRef: string): Application[] {
    return this.#find(this.#byEntity, entityRef.toLowerCase());
  }

  /** Applications with a source in a repository of this path, on any host. */
  byRepositoryPath(path: string): Application[] {
    return this.#find(this.#byRepository, path);
  }

  put(application: Application): void {
    const before = this.#byId.get(application.id);
    if (before && isDeepStrictEqual(before, application)) {
      return;
    }
    if (before) {
      this.#indexes().forEach(index => index.remove(before));
    }
    this.#byId.set(application.id, application);
    this.#indexes().forEach(index => index.add(application));
    this.#notify({ before, after: application });
  }

  remove(id: string, how: { deleted?: boolean } = {}): void {
    const before = this.#byId.get(id);
    if (before) {
      this.#byId.delete(id);
      this.#indexes().forEach(index => index.remove(before));
      this.#notify({ before, ...how });
    }
  }

  /** @returns what ends the subscription. */
  subscribe(listener: (change: ApplicationChange) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #indexes(): ApplicationIndex[] {
    return [
      this.#byInstance,
      this.#byName,
      this.#byLabel,
      this.#byProject,
      this.#byEntity,
      this.#byRepository,
    ];
  }

  #find(index: ApplicationIndex, key: string): Application[] {
    return index.ids(key).flatMap(id => this.#byId.get(id) ?? []);
  }

  #notify(change: ApplicationChange): void {
    this.#listeners.forEach(listener => listener(change));
  }
}

/** The entity that an application says it deploys, in lower case. */
export function declaredEntity({
  annotations,
}: Application): string | undefined {
  return annotations[ENTITY_REF_ANNOTATION]?.toLowerCase();
}
