import path from 'node:path';
import {
  ANNOTATION_LOCATION,
  ANNOTATION_ORIGIN_LOCATION,
  type Entity,
} from '@backstage/catalog-model';
import { type JsonObject } from '@backstage/types';
import {
  fleetConfig,
  fleetEntities,
  type FleetPlan,
  planFleet,
} from '@callboard/sandbox';
import { Child } from './Child';
import { Portal } from './Portal';
import { type ArgocdProcess } from './argocdProcess';
import { pause } from './pause';
import { type System } from './portalProcess';

/** How large a world is. */
export interface Size {
  readonly applications: number;
  readonly instances: number;
  /** Of all instances together. */
  readonly eventsPerSecond: number;
}

const SEED = 1;

/** A fleet in a process of its own, and the portals in front of it. */
export class World {
  /** How long Argo CD is watched to tell whether it is quiet. */
  static readonly QUIET_MS = 700;
  readonly plans: readonly FleetPlan[];
  readonly argocd: Child<ArgocdProcess>;
  readonly #entities: readonly Entity[];
  readonly #config: JsonObject;
  readonly #size: Size;
  readonly #portals: Portal[] = [];

  private constructor(
    argocd: Child<ArgocdProcess>,
    size: Size,
    parts: {
      plans: readonly FleetPlan[];
      entities: readonly Entity[];
      config: JsonObject;
    },
  ) {
    this.argocd = argocd;
    this.#size = size;
    this.plans = parts.plans;
    this.#entities = parts.entities;
    this.#config = parts.config;
  }

  /** @param services - how many of them the catalog holds; all where nothing is said */
  static async start(size: Size, services?: number): Promise<World> {
    const argocd = new Child<ArgocdProcess>(
      path.join(__dirname, 'argocdProcess.ts'),
    );
    const instances = await argocd.ask('start', { ...size, seed: SEED });
    const plans = planFleet({ ...size, seed: SEED });
    return new World(argocd, size, {
      plans,
      entities: entitiesOf(plans, services),
      config: fleetConfig(plans, instances),
    });
  }

  /** Services that the catalog holds. */
  get services(): readonly string[] {
    return this.#entities
      .filter(({ kind }) => kind === 'Component')
      .map(({ metadata }) => metadata.name);
  }

  /** @param isFilled - whether to wait until its catalog has everything */
  async portal(
    system: System,
    { isFilled = true }: { isFilled?: boolean } = {},
  ): Promise<Portal> {
    const portal = await Portal.start({
      system,
      isFilled,
      entities: this.#entities,
      teams: [...new Set(this.plans.map(({ team }) => team))],
      config: this.#config,
    });
    this.#portals.push(portal);
    return portal;
  }

  /** Waits until Argo CD is asked no more than what its changes are worth. */
  async quiet(): Promise<void> {
    const { eventsPerSecond } = this.#size;
    const readers = this.#portals.length;
    const usual = 2 * eventsPerSecond * readers * (World.QUIET_MS / 1000);
    let asked: number;
    do {
      const before = await this.argocd.ask('traffic');
      await pause(World.QUIET_MS);
      const after = await this.argocd.ask('traffic');
      asked = after.calls - before.calls;
    } while (asked > usual);
  }

  async stop(): Promise<void> {
    await Promise.all(this.#portals.map(portal => portal.stop()));
    await this.argocd.stop();
  }
}

function entitiesOf(
  plans: readonly FleetPlan[],
  services: number = plans.length,
): Entity[] {
  const entities = fleetEntities(plans).map(entity => ({
    ...entity,
    metadata: {
      ...entity.metadata,
      annotations: {
        ...entity.metadata.annotations,
        [ANNOTATION_LOCATION]: 'url:https://git.fleet.test/acme/catalog',
        [ANNOTATION_ORIGIN_LOCATION]: 'url:https://git.fleet.test/acme/catalog',
      },
    },
  }));
  const groups = entities.filter(({ kind }) => kind === 'Group');
  const components = entities.filter(({ kind }) => kind === 'Component');
  return [...groups, ...evenly(components, services)];
}

/** So many of them, from the first to the last. */
function evenly<T>(all: readonly T[], count: number): T[] {
  const step = Math.max(1, all.length / count);
  return Array.from(
    { length: Math.min(count, all.length) },
    (_, index) => all[Math.floor(index * step)] as T,
  );
}
