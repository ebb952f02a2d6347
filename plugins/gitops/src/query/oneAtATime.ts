/**
 * Runs the work once at a time. Whatever calls arrive while it runs are
 * answered by a single further run: none is lost, and a burst costs two.
 */
export function oneAtATime(work: () => Promise<unknown>): () => Promise<void> {
  let running = false;
  let again = false;
  return async () => {
    again = true;
    if (running) {
      return;
    }
    running = true;
    try {
      while (again) {
        again = false;
        await work();
      }
    } finally {
      running = false;
    }
  };
}
