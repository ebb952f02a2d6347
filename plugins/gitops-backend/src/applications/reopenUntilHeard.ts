/** Follows a stream to its end; `onBytes` tells of every sign of life. */
type Follow = (options: {
  signal: AbortSignal;
  onBytes: () => void;
}) => Promise<void>;

/**
 * Follows a stream, and opens another one for as long as nothing is heard of
 * it: Argo CD sends not even headers before the first event, so a stream that
 * got lost on the way looks like one that has nothing to tell.
 *
 * @throws what following it throws
 */
export async function reopenUntilHeard(
  follow: Follow,
  { signal, patienceMs }: { signal: AbortSignal; patienceMs: number },
): Promise<void> {
  while (!signal.aborted) {
    const silence = new AbortController();
    const patience = setTimeout(() => silence.abort(), patienceMs);
    try {
      await follow({
        signal: AbortSignal.any([signal, silence.signal]),
        onBytes: () => clearTimeout(patience),
      });
    } catch (error) {
      if (!silence.signal.aborted) {
        throw error;
      }
    } finally {
      clearTimeout(patience);
    }
    if (!silence.signal.aborted) {
      return;
    }
  }
}
