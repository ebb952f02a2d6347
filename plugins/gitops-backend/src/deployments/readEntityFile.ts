import { ANNOTATION_LOCATION, type Entity } from '@backstage/catalog-model';
import { parseWebAddress, type WebPlace } from './parseWebAddress';
import { type EntitySource, webAddress } from './readEntitySource';

/** Where the catalog has read an entity's file. */
export interface EntityFile extends EntitySource {
  /**
   * Why somebody without any right in the repository may have written it, for
   * a person; absent where that cannot be.
   */
  readonly doubt?: string;
}

const COMMIT =
  'the catalog has read the file of this entity at a commit, or at what may be the beginning of one, and a Git hosting shows commits of forks as if they were in the repository';
const OTHER_REF =
  'the catalog has read the file of this entity at a ref that is neither a branch nor a tag, as pull requests have, which anybody can open';
const SPELLING =
  'the address from which the catalog has read the file of this entity is spelled so that it can mean more than one place';

/**
 * Where the catalog has read an entity's file, and whether that says that
 * somebody who can write to the repository has put it there.
 *
 * The catalog writes this annotation itself, over what the file says. But it
 * reads whatever is registered, and a Git hosting shows more under a
 * repository's address than those have written who may: commits of forks by
 * their hashes, and what pull requests ask for by `refs/pull/…`. So a branch
 * or tag by its plain name counts, and nothing that could be something else.
 */
export function readEntityFile(entity: Entity): EntityFile | undefined {
  const location = entity.metadata.annotations?.[ANNOTATION_LOCATION];
  const url = webAddress(location);
  const place = url && parseWebAddress(url);
  if (!place) {
    return undefined;
  }
  const { repository, path } = place;
  const doubt = isPlainAddress(url, { location, place })
    ? doubtOf(place)
    : SPELLING;
  return { repository, folder: folderOf(path), ...(doubt && { doubt }) };
}

/** A branch or tag without slashes. */
const PLAIN_NAME = /^\w[\w.+-]*$/;
/** With any number of slashes: nothing else can be called so. */
const FULL_NAME = /^refs\/(?:heads|tags)\/\w[\w.+/-]*$/;
/** A hash, as short as Git takes it; some branches are called like that, too. */
const HASH = /^[0-9a-f]{4,64}$/i;
/** What `git describe` tells, which Git takes for the commit at its end. */
const DESCRIBED = /-g[0-9a-f]{4,64}$/i;
const NOTES_OF_GIT = /^[A-Z_]+_HEAD$/;

function doubtOf({ ref, refAndPath }: WebPlace): string | undefined {
  if (ref === undefined) {
    // The main branch.
    return undefined;
  }
  if (HASH.test(ref) || DESCRIBED.test(ref)) {
    return COMMIT;
  }
  if (refAndPath === undefined && FULL_NAME.test(ref)) {
    return undefined;
  }
  const isName =
    PLAIN_NAME.test(ref) && ref !== 'refs' && !NOTES_OF_GIT.test(ref);
  return isName ? undefined : OTHER_REF;
}

/** Letters beyond ASCII and spaces may be encoded, nothing that separates. */
const PLAIN_PATH = /^(?:[\w./~+@,-]|%20|%[89a-f][0-9a-f])*$/i;
/** Bitbucket Server's, and Azure's. */
const HAS_PLACE_IN_QUERY = /^\/(?:projects|users)\/[^/]+\/repos\/|\/_git\//;
const PLACE_IN_QUERY: readonly string[] = ['at', 'path', 'version'];

/**
 * Whether an address has one meaning only. Whoever reads it takes it apart in
 * another way: decodes before or after, takes the first or the last of two.
 */
function isPlainAddress(
  url: URL,
  { location, place }: { location: string | undefined; place: WebPlace },
): boolean {
  const { href, username, password, hash, pathname } = url;
  const isAsWritten = location === href || location === `url:${href}`;
  const isBare = !username && !password && !hash;
  const hasPlainPath =
    PLAIN_PATH.test(pathname) && !/\.\.|[%?#&\\]/.test(place.path);
  return isAsWritten && isBare && hasPlainPath && hasPlainQuery(url, place);
}

function hasPlainQuery(
  { pathname, search, searchParams }: URL,
  { refAndPath }: WebPlace,
): boolean {
  if (search === '') {
    return true;
  }
  return refAndPath === undefined
    ? HAS_PLACE_IN_QUERY.test(pathname) &&
        PLACE_IN_QUERY.every(key => searchParams.getAll(key).length <= 1)
    : // GitLab's own.
      search === '?ref_type=heads';
}

function folderOf(file: string): string {
  return file.slice(0, Math.max(file.lastIndexOf('/'), 0));
}
