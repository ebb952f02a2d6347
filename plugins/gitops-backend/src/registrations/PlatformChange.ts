import { InputError, NotFoundError } from '@backstage/errors';
import {
  type EnvironmentConfig,
  type FileEdit,
  type GitopsConfig,
  planDeregistration,
  planRegistration,
  type Proposal,
  type RegistrationRequest,
} from '@callboard/backstage-plugin-gitops-node';
import { type Intent, trailersOf } from './Intent';
import { deregisterBranch, registerBranch } from './branches';

/**
 * One commit to a platform repository.
 */
export interface PlatformChange {
  readonly environment: EnvironmentConfig;
  readonly intent: Intent;
  /** Subject of the commit and title of the pull request. */
  readonly title: string;
  /** Of the pull request: what happens when it is merged. */
  readonly consequence: string;
  /** Of the pull request. */
  readonly branch: string;
  readonly edits: readonly FileEdit[];
}

/** The configured environment of that name. */
export function findEnvironment(
  config: GitopsConfig,
  name: string,
): EnvironmentConfig {
  const found = config.environments.find(
    environment => environment.name === name,
  );
  if (!found) {
    const known = config.environments.map(environment => environment.name);
    throw new NotFoundError(
      `There is no environment ${name}. Configured are: ${known.join(', ')}.`,
    );
  }
  return found;
}

/**
 * The environment, registering with that layout.
 *
 * @throws InputError for one that the environment does not have.
 */
export function withLayout(
  environment: EnvironmentConfig,
  name: string | undefined,
): EnvironmentConfig {
  if (name === undefined) {
    return environment;
  }
  const layout = environment.layouts.find(each => each.name === name);
  if (!layout) {
    throw new InputError(
      `${
        environment.name
      } does not let services be registered with the layout ${name}. Choose one of ${environment.layouts
        .map(each => each.name)
        .join(', ')}, or have gitops.environments changed.`,
    );
  }
  return { ...environment, layout };
}

/** What registering writes. */
export function registration(
  request: RegistrationRequest,
  intent: Intent,
): PlatformChange {
  const { environment, service } = request;
  const clusters = environment.clusters.map(({ name }) => name).join(', ');
  return {
    environment,
    intent,
    title: `Register ${service} in ${environment.name}`,
    consequence: `Argo CD deploys ${service} to ${clusters}.`,
    branch: registerBranch(request.entityRef, environment.name),
    edits: planRegistration(request).files,
  };
}

/** What removing writes: one change after the other. */
export function removal(
  request: RegistrationRequest,
  intent: Intent,
): PlatformChange[] {
  const { environment } = request;
  const { workloads = 'keep' } = intent;
  const plan = planDeregistration(request, { workloads });
  return plan.steps.map(({ title, files }) => ({
    environment,
    intent,
    title,
    consequence: plan.notes.join(' '),
    branch: deregisterBranch(request.entityRef, environment.name),
    edits: files,
  }));
}

/** The change as a pull request into the base. */
export function toProposal(change: PlatformChange, base: string): Proposal {
  const { branch, edits, title, consequence, intent } = change;
  return {
    base,
    branch,
    edits,
    title,
    message: title,
    trailers: trailersOf(intent),
    body: `${consequence}

- Service: \`${intent.entityRef}\`, ${intent.repository}
- Environment: ${intent.environment}
- Asked for by: \`${intent.by}\`

The portal keeps this branch: it makes it anew on ${base} when the two no longer merge. If you push to it, it is yours, and the portal leaves it alone.`,
  };
}
