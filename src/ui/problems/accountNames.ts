import { ExposedNames } from "../../model/checks/exposedNames.ts";
import type { Problems } from "./problems.ts";

/** The names of each account as they are now: for one call, in which they are made once. */
export class AccountNames {
  readonly #problems: Pick<Problems, "servers">;
  readonly #names = new Map<string, ExposedNames>();

  constructor(problems: Pick<Problems, "servers">) {
    this.#problems = problems;
  }

  of(accountId: string): ExposedNames {
    const names = this.#names.get(accountId) ?? new ExposedNames(this.#problems.servers(accountId));
    this.#names.set(accountId, names);
    return names;
  }
}
