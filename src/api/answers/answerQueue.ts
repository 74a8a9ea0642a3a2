/** Characters of an answer that are read in a moment. */
const SMALL = 64 * 1024;

/**
 * Large answers that come together are read one a turn of the event loop: the pages of a large
 * account would otherwise hold up everybody else for as long as it takes to read them all.
 */
export class AnswerQueue {
  #last: Promise<void> = Promise.resolve();

  /** Resolves with the text when it is its turn. */
  async take(text: string): Promise<string> {
    if (text.length > SMALL) {
      this.#last = this.#last.then(() => new Promise((resolve) => setImmediate(resolve)));
      await this.#last;
    }
    return text;
  }
}
