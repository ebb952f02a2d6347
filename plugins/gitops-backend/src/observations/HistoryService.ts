import {
  type BackstageCredentials,
  type LoggerService,
} from '@backstage/backend-plugin-api';
import { isError } from '@backstage/errors';
import { type ScmIntegrations } from '@backstage/integration';
import {
  type DeploymentHistory,
  type DeploymentName,
  type HistoryItem,
  type Source,
} from '@callboard/backstage-plugin-gitops-common';
import { type Application } from '../applications/Application';
import { type ApplicationHub } from '../applications/ApplicationHub';
import { type DeploymentFinder } from '../deployments/DeploymentFinder';
import { reasonOf } from './Coverage';
import { type Interval } from './Interval';
import {
  type ObservationStore,
  type Position,
  type SeenObservation,
} from './ObservationStore';
import { readCursor, writeCursor } from './cursor';
import { deriveGaps } from './deriveGaps';
import { later } from './deriveInterval';
import { rememberedBy } from './deriveObservations';
import { derivePage, gapsOfPage } from './derivePage';
import { mapObservation } from './mapHistory';

const PAGE_SIZE = 100;
const DAY_MS = 24 * 60 * 60_000;

/**
 * Answers what happened to a deployment: what was observed, what Argo CD still
 * remembers, and when nobody observed. It asks no Argo CD.
 */
export class HistoryService {
  readonly #finder: DeploymentFinder;
  readonly #hub: ApplicationHub;
  readonly #store: ObservationStore;
  readonly #integrations: ScmIntegrations;
  readonly #logger: LoggerService;
  readonly #retentionMs: number;

  constructor(options: {
    finder: DeploymentFinder;
    hub: ApplicationHub;
    store: ObservationStore;
    integrations: ScmIntegrations;
    logger: LoggerService;
    retentionMs: number;
  }) {
    this.#finder = options.finder;
    this.#hub = options.hub;
    this.#store = options.store;
    this.#integrations = options.integrations;
    this.#logger = options.logger;
    this.#retentionMs = options.retentionMs;
  }

  /**
   * A page of the history, newest first. Where the database does not answer it
   * has only what Argo CD remembers, and says so.
   *
   * @throws NotFoundError, NotAllowedError as {@link DeploymentFinder.findOne}.
   * @throws InputError for a cursor that is none.
   */
  async history(
    name: DeploymentName,
    page: { cursor?: string },
    credentials: BackstageCredentials,
  ): Promise<DeploymentHistory> {
    const before = page.cursor ? readCursor(page.cursor) : undefined;
    const { application } = await this.#finder.findOne(
      name,
      { entityRef: name.entityRef, verbs: ['detail'] },
      credentials,
    );
    const now = new Date();
    const kept = await this.#read(application, before, now);
    const argocd = this.#hub.instances.find(
      it => it.name === application.instance,
    )?.source;
    return {
      ...this.#pageOf({ application, kept, argocd, before, now }),
      ...(kept.since && { observedSince: kept.since }),
      keptForDays: Math.round(this.#retentionMs / DAY_MS),
      sources: [...(argocd ? [argocd] : []), kept.source],
    };
  }

  #pageOf(facts: {
    application: Application;
    kept: Kept;
    argocd: Source | undefined;
    before: Position | undefined;
    now: Date;
  }): Pick<DeploymentHistory, 'items' | 'nextCursor'> {
    const { application, kept, argocd, before } = facts;
    const now = facts.now.toISOString();
    const page = derivePage({
      observed: kept.observations,
      remembered: rememberedBy(application),
      before,
      limit: PAGE_SIZE,
    });
    const reason = reasonOf(argocd?.state ?? 'unreachable');
    const gaps = deriveGaps(kept.intervals, now, reason).filter(
      ({ to = now }) => to > timeOf(application.createdAt),
    );
    const items: HistoryItem[] = [
      ...page.observations.map(it => mapObservation(it, this.#integrations)),
      ...gapsOfPage(gaps, page, { before, now }),
    ];
    const timeOfItem = (item: HistoryItem) =>
      item.kind === 'gap' ? item.to ?? now : item.at;
    return {
      items: items.sort((a, b) => (timeOfItem(a) > timeOfItem(b) ? -1 : 1)),
      ...(page.next && { nextCursor: writeCursor(page.next) }),
    };
  }

  async #read(
    { id, instance }: Application,
    before: Position | undefined,
    now: Date,
  ): Promise<Kept> {
    const cutoff = new Date(now.getTime() - this.#retentionMs).toISOString();
    try {
      const [observations, intervals, since] = await Promise.all([
        this.#store.read([id], { before, limit: PAGE_SIZE + 1 }),
        this.#store.intervals(instance, cutoff),
        this.#store.observedSince(instance),
      ]);
      return {
        observations,
        intervals,
        since: since && later(since, cutoff),
        source: { name: 'database', state: 'ok', since: now.toISOString() },
      };
    } catch (error) {
      this.#logger.warn('Observations could not be read', {
        code: isError(error) && error.code ? String(error.code) : 'unknown',
      });
      return {
        observations: [],
        intervals: [],
        source: {
          name: 'database',
          state: 'unreachable',
          since: now.toISOString(),
          message:
            "The portal's database does not answer, so there is only what Argo CD remembers. Look again in a minute.",
        },
      };
    }
  }
}

/** What the database has of an application. */
interface Kept {
  readonly observations: readonly SeenObservation[];
  readonly intervals: readonly Interval[];
  readonly since?: string;
  readonly source: Source;
}

/** A time in the spelling of all others; the first of all where there is none. */
function timeOf(text: string | undefined): string {
  const ms = Date.parse(text ?? '');
  return new Date(Number.isNaN(ms) ? 0 : ms).toISOString();
}
