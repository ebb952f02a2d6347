import { type Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { type Layout } from '../layouts/Layout';
import { builtInLayouts, multiRepo } from '../layouts/builtInLayouts';
import {
  type EnvironmentConfig,
  type GitopsConfig,
  type NewRepositoriesConfig,
} from './GitopsConfig';
import { checkEnvironments } from './checkEnvironments';
import { nearest, parseConfig } from './configIssues';
import { type GitopsBlock, gitopsSchema } from './gitopsSchema';
import { readArgocdConfig } from './readArgocdConfig';
import { readDecisionTtl } from './readDecisionTtl';
import { readRetention } from './readRetention';

/**
 * Reads the `gitops` block and checks it, also against the `argocd` block.
 *
 * @returns `configured: false` where there is no `gitops` block, so that a
 * backend can start and say so.
 *
 * @throws InputError naming each key that is wrong and the fix.
 *
 * @public
 */
export function readGitopsConfig(config: Config): GitopsConfig {
  const value = config.getOptional('gitops');
  const builtIn = Object.fromEntries(
    builtInLayouts.map(layout => [layout.name, layout]),
  );
  if (!isConfigured(value)) {
    return {
      configured: false,
      environments: [],
      serviceRepositories: [],
      projectOwners: {},
      layouts: builtIn,
      observationRetentionMs: readRetention(config),
      decisionTtlMs: readDecisionTtl(config),
      ...bannerOf(value),
    };
  }
  const block = parseConfig(gitopsSchema, value, 'gitops');
  const layouts = { ...builtIn, ...declaredLayouts(block) };
  const environments = block.environments.map((environment, index) =>
    readEnvironment(environment, index, layouts),
  );
  checkEnvironments(environments, readArgocdConfig(config));
  return {
    configured: true,
    environments,
    serviceRepositories: block.serviceRepositories,
    projectOwners: block.projectOwners,
    layouts,
    observationRetentionMs: readRetention(config),
    decisionTtlMs: readDecisionTtl(config),
    ...(block.newRepositories && {
      newRepositories: readNewRepositories(block.newRepositories),
    }),
    ...bannerOf(block),
  };
}

/** A banner alone configures nothing. */
function isConfigured(value: unknown): boolean {
  return (
    value !== undefined &&
    value !== null &&
    !(
      typeof value === 'object' &&
      Object.keys(value).every(key => key === 'banner')
    )
  );
}

function bannerOf(value: unknown): { banner?: string } {
  const banner =
    typeof value === 'object' && value !== null && 'banner' in value
      ? value.banner
      : undefined;
  return typeof banner === 'string' && banner ? { banner } : {};
}

function declaredLayouts(block: GitopsBlock): Record<string, Layout> {
  for (const name of Object.keys(block.layouts)) {
    if (builtInLayouts.some(layout => layout.name === name)) {
      throw new InputError(
        `gitops.layouts.${name} has the name of a built-in layout; choose another name`,
      );
    }
  }
  return Object.fromEntries(
    Object.entries(block.layouts).map(([name, layout]) => [
      name,
      { name, ...layout },
    ]),
  );
}

function readEnvironment(
  environment: GitopsBlock['environments'][number],
  index: number,
  layouts: Readonly<Record<string, Layout>>,
): EnvironmentConfig {
  const key = `gitops.environments[${index}]`;
  const permitted = layoutNames(environment, key).map(({ name, at }) =>
    checkLayout(name, { key, at, layouts, environment }),
  );
  const [layout = multiRepo] = permitted;
  return {
    ...environment,
    layout,
    layouts: permitted,
    clusters: environment.clusters.map(cluster => ({
      ...cluster,
      path: cluster.path ?? environment.path,
    })),
  };
}

type EnvironmentBlock = GitopsBlock['environments'][number];

/** The layouts that the environment names, and where it does. */
function layoutNames(
  { layout, layouts }: EnvironmentBlock,
  key: string,
): { name: string; at: string }[] {
  if (layout !== undefined && layouts && layouts[0] !== layout) {
    throw new InputError(
      `${key}.layout is "${layout}", but ${key}.layouts begins with "${layouts[0]}": the first of them is what is used where nobody says otherwise. Leave ${key}.layout out.`,
    );
  }
  return layouts
    ? [...new Set(layouts)].map((name, at) => ({
        name,
        at: `${key}.layouts[${at}]`,
      }))
    : [{ name: layout ?? multiRepo.name, at: `${key}.layout` }];
}

function checkLayout(
  name: string,
  where: {
    key: string;
    at: string;
    layouts: Readonly<Record<string, Layout>>;
    environment: EnvironmentBlock;
  },
): Layout {
  const { key, at, layouts, environment } = where;
  const layout = layouts[name];
  if (!layout) {
    const names = Object.keys(layouts);
    const near = nearest(name, names);
    throw new InputError(
      `${at} is "${name}", which is not a layout; ${
        near ? `did you mean "${near}"?` : `use one of ${names.join(', ')}.`
      } Your own are declared under gitops.layouts.`,
    );
  }
  if (layout.clusters === 'one' && environment.clusters.length > 1) {
    throw new InputError(
      `${at} is "${layout.name}", but ${key}.clusters has ${environment.clusters.length} clusters: a remote base is deployed by the environment's root application, which reaches one cluster. Use the layout "multi-repo", or one environment for each cluster.`,
    );
  }
  return layout;
}

function readNewRepositories({
  url,
  registry,
}: NonNullable<GitopsBlock['newRepositories']>): NewRepositoriesConfig {
  const { host, pathname } = new URL(url);
  return { url, host, organization: pathname.slice(1), registry };
}
