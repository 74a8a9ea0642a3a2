/** Records by id in the order of their creation, with the list kept until the next change. */
export class Shelf<T extends { readonly id: string; readonly name: string }> {
  readonly #records = new Map<string, T>();
  #list: readonly T[] | undefined;

  get(id: string): T | undefined {
    return this.#records.get(id);
  }

  put(record: T): void {
    this.#records.set(record.id, record);
    this.#list = undefined;
  }

  delete(id: string): void {
    this.#records.delete(id);
    this.#list = undefined;
  }

  list(): readonly T[] {
    this.#list ??= [...this.#records.values()];
    return this.#list;
  }
}
