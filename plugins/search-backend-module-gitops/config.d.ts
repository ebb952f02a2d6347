import { type SchedulerServiceTaskScheduleDefinitionConfig } from '@backstage/backend-plugin-api';

export interface Config {
  search?: {
    collators?: {
      /** What is deployed where, for the search. */
      gitops?: {
        /**
         * How often what can be found is brought up to date; every ten minutes
         * unless set.
         */
        schedule?: SchedulerServiceTaskScheduleDefinitionConfig;
        /**
         * Where a result leads to, with `:kind`, `:namespace` and `:name` of the
         * entity; `/catalog/:namespace/:kind/:name/deployments` unless set.
         */
        locationTemplate?: string;
        /**
         * Which entities are looked at, as the catalog's filter; components
         * unless set.
         */
        filter?: object;
      };
    };
  };
}
