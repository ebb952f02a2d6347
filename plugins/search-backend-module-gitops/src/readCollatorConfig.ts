import {
  readSchedulerServiceTaskScheduleDefinitionFromConfig,
  type RootConfigService,
  type SchedulerServiceTaskScheduleDefinition,
} from '@backstage/backend-plugin-api';
import { type EntityFilterQuery } from '@backstage/catalog-client';
import { InputError, toError } from '@backstage/errors';

/** Which entities are collated, when, and where a result leads to. */
export interface CollatorConfig {
  readonly schedule: SchedulerServiceTaskScheduleDefinition;
  /** With `:kind`, `:namespace` and `:name`. */
  readonly locationTemplate: string;
  readonly filter: EntityFilterQuery;
}

const KEY = 'search.collators.gitops';

const DEFAULTS: CollatorConfig = {
  schedule: {
    frequency: { minutes: 10 },
    timeout: { minutes: 15 },
    initialDelay: { seconds: 3 },
  },
  locationTemplate: '/catalog/:namespace/:kind/:name/deployments',
  filter: { kind: 'component' },
};

/** @throws InputError that names the key where the configuration is wrong. */
export function readCollatorConfig(
  rootConfig: RootConfigService,
): CollatorConfig {
  const config = rootConfig.getOptionalConfig(KEY);
  const schedule = config?.getOptionalConfig('schedule');
  try {
    return {
      schedule: schedule
        ? readSchedulerServiceTaskScheduleDefinitionFromConfig(schedule)
        : DEFAULTS.schedule,
      locationTemplate:
        config?.getOptionalString('locationTemplate') ??
        DEFAULTS.locationTemplate,
      filter: config?.getOptional('filter') ?? DEFAULTS.filter,
    };
  } catch (error) {
    throw new InputError(`${KEY} is not valid: ${toError(error).message}`);
  }
}
