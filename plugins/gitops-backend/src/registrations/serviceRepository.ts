import {
  ANNOTATION_LOCATION,
  ANNOTATION_SOURCE_LOCATION,
  type Entity,
} from '@backstage/catalog-model';

const PROJECT_SLUG = 'github.com/project-slug';

/**
 * The web address of an entity's repository: by its source location, else by
 * its GitHub project slug on the host that the entity comes from.
 */
export function repositoryOfEntity(entity: Entity): string | undefined {
  const annotations = entity.metadata.annotations ?? {};
  const source = repositoryOfAddress(annotations[ANNOTATION_SOURCE_LOCATION]);
  if (source) {
    return source;
  }
  const slug = annotations[PROJECT_SLUG];
  const location = repositoryOfAddress(annotations[ANNOTATION_LOCATION]);
  const origin = location ? new URL(location).origin : 'https://github.com';
  return slug && repositoryOfAddress(`${origin}/${slug}`);
}

/** The repository in a web address of something in it. */
export function repositoryOfAddress(
  address: string | undefined,
): string | undefined {
  const target = address?.replace(/^url:/, '').trim();
  if (!target || !URL.canParse(target)) {
    return undefined;
  }
  const { protocol, origin, pathname, username, password } = new URL(target);
  const [owner, name] = pathname.split('/').filter(Boolean);
  const isWeb = /^https?:$/.test(protocol) && !username && !password;
  return isWeb && owner && name
    ? `${origin}/${owner}/${name.replace(/\.git$/, '')}`
    : undefined;
}

/** Git hostings don't distinguish upper and lower case in addresses. */
export function isSameAddress(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

/**
 * Whether a repository is one of `gitops.serviceRepositories`, in which `*`
 * stands for any characters but `/`.
 */
export function isServiceRepository(
  repository: string,
  patterns: readonly string[],
): boolean {
  return patterns.some(pattern => {
    const parts = pattern
      .replace(/\/+$/, '')
      .replace(/\.git$/, '')
      .split('*')
      .map(part => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
    return new RegExp(`^${parts.join('[^/]*')}$`, 'i').test(repository);
  });
}
