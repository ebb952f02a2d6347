/** Whether a message has the path of a repository in it, and not only that of one whose name is longer. */
export function mentions(message: string, path: string): boolean {
  const text = message.toLowerCase();
  for (
    let at = text.indexOf(path);
    at !== -1;
    at = text.indexOf(path, at + 1)
  ) {
    const before = text[at - 1] ?? '';
    const after = text[at + path.length] ?? '';
    if (!/[\w-]/.test(before) && !/[\w-]/.test(after)) {
      return true;
    }
  }
  return false;
}
