/** Replaces VS Code's own functions until they are restored. */
export class Replacements {
  readonly #restore: (() => void)[] = [];

  replace<Owner extends object, Key extends keyof Owner>(
    owner: Owner,
    key: Key,
    make: (real: Owner[Key]) => unknown,
  ): void {
    const real = owner[key];
    Reflect.set(owner, key, make(real));
    this.#restore.push(() => Reflect.set(owner, key, real));
  }

  end(): void {
    for (const restore of this.#restore.splice(0)) {
      restore();
    }
  }
}
