import { type ImageRegistry } from '../registry/ImageRegistry';

/** The first of 1.0.1, 1.0.2, … that the registry does not have. */
export function nextTag(name: string, registry: ImageRegistry): string {
  let build = 1;
  while (registry.has(`${name}:1.0.${build}`)) {
    build++;
  }
  return `1.0.${build}`;
}
