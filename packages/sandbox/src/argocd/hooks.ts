import { type KubeObject } from '../cluster/KubeObject';

const HOOK = 'argocd.argoproj.io/hook';

/** The phases of a sync that the sandbox runs hooks in. */
export type HookPhase = 'PreSync' | 'PostSync';

/** Whether Argo CD runs this object during a sync instead of keeping it (`IsHook` in gitops-engine's pkg/sync/hook). */
export function isHook(object: KubeObject): boolean {
  const types = hookTypes(object);
  return types.length > 0 && types.join() !== 'Skip';
}

export function isHookOf(phase: HookPhase, object: KubeObject): boolean {
  return hookTypes(object).includes(phase);
}

function hookTypes({ metadata }: KubeObject): string[] {
  const names = metadata.annotations?.[HOOK]?.split(',') ?? [];
  return names.map(name => name.trim()).filter(name => name !== '');
}
