import type { AccountChecker } from "../../model/checks/checker.ts";

/** The rules, which are many: loaded with the first account, so that activation needn't wait. */
export class Rules {
  #make: (() => AccountChecker) | undefined;
  #loading: Promise<void> | undefined;

  load(): Promise<void> {
    this.#loading ??= this.#load();
    return this.#loading;
  }

  /** With indexes of its own. Undefined until the rules are there. */
  checker(): AccountChecker | undefined {
    return this.#make?.();
  }

  async #load(): Promise<void> {
    const { AccountChecker: Checker } = await import("../../model/checks/checker.ts");
    this.#make = () => new Checker();
  }
}
