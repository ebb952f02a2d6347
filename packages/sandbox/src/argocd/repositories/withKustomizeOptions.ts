import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { stringify } from 'yaml';

/**
 * Builds a folder with the options of an Application's `spec.source.kustomize`,
 * by a kustomization beside the folder that refers to it. Without options the
 * folder itself is built.
 */
export async function withKustomizeOptions(
  folder: string,
  options: Record<string, unknown> | undefined,
  build: (folder: string) => Promise<string>,
): Promise<string> {
  if (!options || Object.keys(options).length === 0) return build(folder);
  const overlay = await mkdtemp(join(dirname(folder), '.options-'));
  try {
    const kustomization = overlayOf(`../${basename(folder)}`, options);
    await writeFile(join(overlay, 'kustomization.yaml'), kustomization);
    return await build(overlay);
  } finally {
    await rm(overlay, { recursive: true, force: true });
  }
}

function overlayOf(base: string, options: Record<string, unknown>): string {
  const { images, components, ...same } = options;
  return stringify({
    apiVersion: 'kustomize.config.k8s.io/v1beta1',
    kind: 'Kustomization',
    resources: [base],
    ...pick(same, [
      'namePrefix',
      'nameSuffix',
      'namespace',
      'commonLabels',
      'commonAnnotations',
      'patches',
      'replicas',
    ]),
    ...(Array.isArray(components)
      ? { components: components.map(path => `${base}/${path}`) }
      : {}),
    ...(Array.isArray(images) ? { images: images.map(imageOf) } : {}),
  });
}

/** `[old=]new[:tag][@digest]`, as `kustomize edit set image` takes it. */
function imageOf(text: unknown): Record<string, string> {
  const [, old, reference = ''] =
    /^(?:([^=]*)=)?(.*)$/s.exec(String(text)) ?? [];
  const [tagged = '', digest] = reference.split('@');
  const colon = tagged.indexOf(':', tagged.lastIndexOf('/') + 1);
  const newName = colon < 0 ? tagged : tagged.slice(0, colon);
  return {
    name: old ?? newName,
    ...(old ? { newName } : {}),
    ...(colon < 0 ? {} : { newTag: tagged.slice(colon + 1) }),
    ...(digest ? { digest } : {}),
  };
}

function pick(
  options: Record<string, unknown>,
  names: readonly string[],
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(options).filter(([name]) => names.includes(name)),
  );
}
