import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Which container images exist; there is no registry behind it, only names. */
export interface ImageRegistry {
  /** Takes `name:tag`, `name@sha256:…` or `name:tag@sha256:…`; without a tag `latest` is meant. */
  has(reference: string): boolean;
  /** Makes the image exist; pushing it again changes nothing. */
  push(name: string, tag: string): { digest: string };
}

export function createImageRegistry(options: {
  dataDir: string;
}): ImageRegistry {
  const file = join(options.dataDir, 'images.json');
  const known = new Set(read(file));
  return {
    has: reference => known.has(reference) || known.has(canonical(reference)),
    push(name, tag) {
      const digest = digestOf(name, tag);
      if (!known.has(`${name}:${tag}`)) {
        known.add(`${name}:${tag}`).add(`${name}@${digest}`);
        mkdirSync(options.dataDir, { recursive: true });
        writeFileSync(`${file}.new`, JSON.stringify([...known], null, 2));
        renameSync(`${file}.new`, file);
      }
      return { digest };
    },
  };
}

function digestOf(name: string, tag: string): string {
  const hex = createHash('sha256').update(`${name}:${tag}`).digest('hex');
  return `sha256:${hex}`;
}

/** A digest decides alone, as it does for a container runtime; a name alone means its `latest`. */
function canonical(reference: string): string {
  const [tagged = '', digest] = reference.split('@');
  const colon = tagged.indexOf(':', tagged.lastIndexOf('/') + 1);
  const name = colon < 0 ? tagged : tagged.slice(0, colon);
  if (digest) return `${name}@${digest}`;
  return colon < 0 ? `${name}:latest` : tagged;
}

function read(file: string): string[] {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as string[];
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
