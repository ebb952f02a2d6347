import { type ResourceDiff } from '@callboard/backstage-plugin-gitops-common';
import { stringify } from 'yaml';
import { type ArgoResourceState } from '../argocd/detailSchema';
import { nameOf } from '../argocd/nameOf';
import { type KubernetesObject, maskValues } from './maskValues';
import { withoutNoise } from './withoutNoise';

/** What differs comes first. */
const ORDER: Record<ResourceDiff['change'], number> = {
  delete: 0,
  create: 1,
  update: 2,
  none: 3,
};

/**
 * Translates the states of an application's resources into what a sync would
 * change. Argo CD compares `normalizedLiveState` with `predictedLiveState`.
 */
export function mapDiff(
  states: readonly ArgoResourceState[],
  options: { showValues: boolean },
): ResourceDiff[] {
  return states
    .map(state => mapResource(state, options))
    .sort(
      (a, b) =>
        ORDER[a.change] - ORDER[b.change] ||
        a.kind.localeCompare(b.kind) ||
        a.name.localeCompare(b.name),
    );
}

function mapResource(
  state: ArgoResourceState,
  options: { showValues: boolean },
): ResourceDiff {
  const isWanted = parse(state.targetState) !== undefined;
  const live = parse(state.normalizedLiveState) ?? parse(state.liveState);
  const desired = isWanted
    ? parse(state.predictedLiveState) ?? parse(state.targetState)
    : undefined;
  const change = changeOf({
    live,
    desired,
    isModified: state.modified === true,
  });
  if (change === 'none') {
    return { ...nameOf(state), change, masked: false };
  }
  const { objects, masked } = maskValues(
    [live && withoutNoise(live), desired && withoutNoise(desired)],
    options,
  );
  const [liveText, desiredText] = objects.map(toYaml);
  return {
    ...nameOf(state),
    change,
    ...(liveText !== undefined && { live: liveText }),
    ...(desiredText !== undefined && { desired: desiredText }),
    masked,
  };
}

function changeOf(states: {
  live?: KubernetesObject;
  desired?: KubernetesObject;
  isModified: boolean;
}): ResourceDiff['change'] {
  if (!states.live) {
    return states.desired ? 'create' : 'none';
  }
  if (!states.desired) {
    return 'delete';
  }
  return states.isModified ? 'update' : 'none';
}

/** Argo CD sends objects as text, and `null` for none. */
function parse(text: string | null | undefined): KubernetesObject | undefined {
  try {
    const value: unknown = JSON.parse(text || 'null');
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as KubernetesObject)
      : undefined;
  } catch {
    return undefined;
  }
}

function toYaml(object: KubernetesObject | undefined): string | undefined {
  return object && stringify(object, { sortMapEntries: true, lineWidth: 0 });
}
