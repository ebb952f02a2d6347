const REMEMBERED = 500;

/** Answers by question, the latest few; a failure is not kept. */
export class Remembered<T> {
  readonly #answers = new Map<string, Promise<T>>();

  get(question: string, find: () => Promise<T>): Promise<T> {
    const known = this.#answers.get(question);
    if (known) return known;
    const answer = find();
    this.#answers.set(question, answer);
    answer.catch(() => this.#answers.delete(question));
    const oldest = this.#answers.keys().next();
    if (this.#answers.size > REMEMBERED && !oldest.done) {
      this.#answers.delete(oldest.value);
    }
    return answer;
  }
}
