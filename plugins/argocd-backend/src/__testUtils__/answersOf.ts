import { type Portal } from './startPortal';

/** What a path answers, without what differs from run to run. */
interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** What the routes answer, by the path that is asked. */
export async function answersOf(
  portal: Portal,
  paths: readonly string[],
): Promise<Record<string, Answer>> {
  const answers: Record<string, Answer> = {};
  for (const path of paths) {
    const { status, body } = await portal.get(path);
    answers[path] = { status, body: status === 200 ? body : messageOf(body) };
  }
  return answers;
}

function messageOf(body: unknown): unknown {
  const { error } = body as { error?: { name: string; message: string } };
  return { error: { name: error?.name, message: error?.message } };
}
