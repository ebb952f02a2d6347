import { type Entity } from '@backstage/catalog-model';
import {
  type Deployment,
  type DeploymentName,
  type DeploymentState,
  formatDeploymentResource,
  type Image,
  type Release,
  statesOf,
  waitsForFirstBuild,
} from '@callboard/backstage-plugin-gitops-common';
import { type DocumentOfIndex } from './DocumentOfIndex';

const COMMIT = /[0-9a-f]{40}/g;
const SHORT_COMMIT = 7;

/** In words; nothing says “synced”, which people never search for, and which
 * would be found by “out of sync”. */
const WORDS: Record<DeploymentState, string> = {
  degraded: 'degraded',
  missing: 'missing',
  'out-of-sync': 'out of sync',
  progressing: 'progressing',
  suspended: 'suspended',
  unknown: 'state unknown',
  unbuilt: 'waits for its first build',
  healthy: 'healthy',
};

/**
 * Translates a deployment of an entity into a document.
 *
 * @param locationTemplate - with `:kind`, `:namespace` and `:name`.
 */
export function mapDeploymentDocument(
  entity: Entity,
  deployment: Deployment,
  options: { entityRef: string; locationTemplate: string },
): DocumentOfIndex {
  const { entityRef, locationTemplate } = options;
  const { kind, metadata } = entity;
  const { environment = '', cluster, application } = deployment;
  const { instance, namespace, name } = application;
  const states = statesOf([deployment]);
  const release = waitsForFirstBuild(deployment) ? undefined : deployment.live;
  const address = { kind, namespace: metadata.namespace ?? 'default' };
  const ref = { entityRef, instance, namespace, name };
  return {
    title: titleOf(metadata.title ?? metadata.name, deployment, release),
    text: textOf(states, release),
    location: locationOf(
      locationTemplate,
      { ...address, name: metadata.name },
      ref,
    ),
    ...address,
    version: release ? shortVersion(release) : '',
    environment,
    cluster,
    states,
    instance,
    deployment: ref,
    release: release
      ? { version: release.version, spellings: spell(release) }
      : null,
    authorization: { resourceRef: formatDeploymentResource(ref) },
  };
}

function titleOf(
  name: string,
  { environment, cluster }: Deployment,
  release: Release | undefined,
): string {
  const what = release ? `${name} ${shortVersion(release)}` : name;
  return environment && environment !== cluster
    ? `${what} in ${environment} (${cluster})`
    : `${what} in ${environment ?? cluster}`;
}

function textOf(
  states: readonly DeploymentState[],
  release: Release | undefined,
): string {
  const words = states.map(state => WORDS[state]).join(', ');
  const images = (release?.images ?? []).map(reference).join(', ');
  const sentence = words.charAt(0).toUpperCase() + words.slice(1);
  return images ? `${sentence}. Runs ${images}` : `${sentence}.`;
}

/** Without the digest, which nobody reads. */
function reference({ name, tag }: Image): string {
  return tag ? `${name}:${tag}` : name;
}

function shortVersion({ version }: Release): string {
  return version.replace(COMMIT, sha => sha.slice(0, SHORT_COMMIT));
}

/** Of its own for each deployment: one of the search engines takes it as a key. */
function locationOf(
  template: string,
  parts: Record<string, string>,
  { instance, namespace, name }: DeploymentName,
): string {
  const path = Object.entries(parts).reduce(
    (text, [key, value]) => text.replace(`:${key}`, encodeURIComponent(value)),
    template,
  );
  const application = [instance, namespace, name].map(encodeURIComponent);
  return `${path.toLowerCase()}?deployment=${application.join('/')}`;
}

function spell(release: Release): string[] {
  const spellings = [
    ...spellVersion(release.version),
    ...release.images.flatMap(spellImage),
  ];
  return [...new Set(spellings)].sort();
}

/** With and without a `v`, and the short form of a commit. */
function spellVersion(version: string): string[] {
  const number = version.replace(/^v(?=\d)/, '');
  const commits = version.match(COMMIT) ?? [];
  return [
    ...(/^\d/.test(number) ? [number, `v${number}`] : []),
    ...commits.map(sha => sha.slice(0, SHORT_COMMIT)),
  ];
}

/**
 * PostgreSQL's engine takes the colons out of what is searched for, and keeps
 * the parts of a path together: hence the spellings.
 */
function spellImage({ name, tag, digest }: Image): string[] {
  return [
    ...suffixesOf(name).flatMap(path =>
      tag ? [path, `${path}:${tag}`] : [path],
    ),
    ...(tag ? [tag] : []),
    ...(digest ? [digest, digest.replace(/^[^:]*:/, '')] : []),
  ].flatMap(text => [text, text.replaceAll(':', '')]);
}

/** `ghcr.io/acme/cart`, `acme/cart`, `cart`. */
function suffixesOf(path: string): string[] {
  const parts = path.split('/');
  return parts.map((_, index) => parts.slice(index).join('/'));
}
