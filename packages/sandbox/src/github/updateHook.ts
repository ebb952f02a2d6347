import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Git runs this for each ref of a push. Which refs are closed to the person
 * comes in the environment, from the server that took the push. A branch that
 * does not exist yet may be made: protection begins with the first commit.
 */
const UPDATE_HOOK = `#!/bin/sh
ref=$1 old=$2 new=$3
zero=0000000000000000000000000000000000000000

listed() {
  printf '%s' "$1" | grep -Fqx -e "$ref"
}

refuse() {
  echo "error: GH006: Protected branch update failed for $ref." >&2
  echo "error: $1" >&2
  exit 1
}

[ "$old" = "$zero" ] && exit 0
if [ "$new" = "$zero" ]; then
  listed "$LASTING_REFS" && refuse "Cannot delete this branch"
  exit 0
fi
listed "$CLOSED_REFS" && refuse "Changes must be made through a pull request."
if listed "$PROTECTED_REFS" && ! git merge-base --is-ancestor "$old" "$new"; then
  refuse "Cannot force-push to this branch"
fi
exit 0
`;

/** Puts the hook where all repositories look for it. */
export async function writeUpdateHook(hooksFolder: string): Promise<void> {
  await mkdir(hooksFolder, { recursive: true });
  const file = join(hooksFolder, 'update');
  await writeFile(file, UPDATE_HOOK);
  await chmod(file, 0o755);
}
