/**
 * A commit message with Git trailers at its end.
 */
export function commitMessage(
  message: string,
  trailers: Readonly<Record<string, string>> = {},
): string {
  const lines = Object.entries(trailers).map(
    // A line break in a value would begin a trailer of somebody's choice.
    ([key, value]) => `${key}: ${value.replace(/\s+/g, ' ').trim()}`,
  );
  return lines.length > 0
    ? `${message.trimEnd()}\n\n${lines.join('\n')}\n`
    : message;
}

/**
 * The trailers in the last paragraph of a commit message.
 *
 * @public
 */
export function readTrailers(message: string): Record<string, string> {
  const paragraph =
    message
      .trim()
      .split(/\n\s*\n/)
      .at(-1) ?? '';
  const found = paragraph
    .split('\n')
    .map(line => /^([A-Za-z][A-Za-z-]*): (.+)$/.exec(line.trim()))
    .flatMap(match => (match ? [[match[1], match[2]]] : []));
  return Object.fromEntries(found);
}
