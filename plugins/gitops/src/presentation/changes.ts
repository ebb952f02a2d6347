import { type Deployment } from '@callboard/backstage-plugin-gitops-common';
import { lookOfHealth, lookOfSync } from './status';
import { versionOf, versionText } from './version';

/** With more changes at once than this, only their number is said. */
const MOST_SENTENCES = 3;

/** What changed between two answers, as a screen reader should say it; empty if nothing did. */
export function describeChanges(
  before: readonly Deployment[],
  after: readonly Deployment[],
): string {
  const known = new Map(before.map(it => [keyOf(it), sentenceOf(it)]));
  const changed = after.filter(it => known.get(keyOf(it)) !== sentenceOf(it));
  const present = new Set(after.map(keyOf));
  const gone = before.filter(it => !present.has(keyOf(it)));

  const sentences = [
    ...changed.map(sentenceOf),
    ...gone.map(it => `${placeOf(it)}: gone.`),
  ];
  return sentences.length > MOST_SENTENCES
    ? `${sentences.length} deployments changed.`
    : sentences.join(' ');
}

function keyOf({ application, cluster }: Deployment): string {
  return `${application.instance}/${application.namespace}/${application.name}/${cluster}`;
}

function sentenceOf(deployment: Deployment): string {
  return `${placeOf(deployment)}: ${[
    versionText(versionOf(deployment)).replace('→', 'to'),
    lookOfSync(deployment).word,
    lookOfHealth(deployment).word,
  ].join(', ')}.`;
}

/** Most environments have one cluster that is called the same. */
export function placeOf({ environment, cluster }: Deployment): string {
  return environment && environment !== cluster
    ? `${environment} on ${cluster}`
    : cluster;
}
