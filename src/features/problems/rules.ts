import { TimeSlicer } from "../../base/async.ts";
import type { AccountChecker } from "../../domain/checks/checkAccount.ts";
import type { BudgetChecker } from "../../domain/checks/checkBudgets.ts";
import type { PortalChecker } from "../../domain/checks/checkPortals.ts";
import type { Finding } from "../../domain/checks/finding.ts";

const NO_FINDINGS: readonly Finding[] = [];

/**
 * Loads the rules with the first account: with them, the cold load of activation takes 2.7 times as
 * long.
 */
export class Rules {
  #loaded: LoadedRules | undefined;
  #loading: Promise<void> | undefined;

  load(): Promise<void> {
    this.#loading ??= this.#load();
    return this.#loading;
  }

  /** Makes a checker with its own indexes. Undefined until the rules are loaded. */
  checker(): AccountChecker | undefined {
    return this.#loaded && new this.#loaded.AccountChecker();
  }

  /** Undefined until the rules are loaded. */
  portalChecker(): PortalChecker | undefined {
    return this.#loaded && new this.#loaded.PortalChecker();
  }

  /** Undefined until the rules are loaded. */
  budgetChecker(): BudgetChecker | undefined {
    return this.#loaded && new this.#loaded.BudgetChecker();
  }

  /** No step until the rules are loaded. */
  checkInSteps(...args: Parameters<LoadedRules["checkInSteps"]>): Iterable<void> {
    return this.#loaded?.checkInSteps(...args) ?? [];
  }

  /** Nothing until the rules are loaded. */
  sumUpServer(...args: Parameters<LoadedRules["sumUpServer"]>): void {
    this.#loaded?.sumUpServer(...args);
  }

  /** Nothing until the rules are loaded. */
  overServerBudgets(...args: Parameters<LoadedRules["overServerBudgets"]>): readonly Finding[] {
    return this.#loaded?.overServerBudgets(...args) ?? NO_FINDINGS;
  }

  /** Nothing until the rules are loaded. */
  overPortalBudget(...args: Parameters<LoadedRules["overPortalBudget"]>): readonly Finding[] {
    return this.#loaded?.overPortalBudget(...args) ?? NO_FINDINGS;
  }

  /** Nothing until the rules are loaded. */
  checkPortal(...args: Parameters<LoadedRules["checkPortal"]>): readonly Finding[] {
    return this.#loaded?.checkPortal(...args) ?? NO_FINDINGS;
  }

  /** The findings as they are until the rules are loaded. */
  findingsInPortals(...args: Parameters<LoadedRules["findingsInPortals"]>): readonly Finding[] {
    return this.#loaded?.findingsInPortals(...args) ?? args[0];
  }

  async #load(): Promise<void> {
    // Loading is long enough for a turn of its own.
    await new TimeSlicer().next();
    const { AccountChecker } = await import("../../domain/checks/checkAccount.ts");
    const { PortalChecker, checkPortal, findingsInPortals } = await import(
      "../../domain/checks/checkPortals.ts"
    );
    const { BudgetChecker, overPortalBudget, overServerBudgets, sumUpServer } = await import(
      "../../domain/checks/checkBudgets.ts"
    );
    const { checkInSteps, prepareChecks } = await import("../../domain/checks/checkServer.ts");
    await prepareChecks();
    this.#loaded = {
      AccountChecker,
      checkInSteps,
      PortalChecker,
      checkPortal,
      findingsInPortals,
      BudgetChecker,
      overPortalBudget,
      overServerBudgets,
      sumUpServer,
    };
  }
}

type LoadedRules = Pick<typeof import("../../domain/checks/checkAccount.ts"), "AccountChecker"> &
  Pick<typeof import("../../domain/checks/checkServer.ts"), "checkInSteps"> &
  Pick<
    typeof import("../../domain/checks/checkPortals.ts"),
    "PortalChecker" | "checkPortal" | "findingsInPortals"
  > &
  Pick<
    typeof import("../../domain/checks/checkBudgets.ts"),
    "BudgetChecker" | "overPortalBudget" | "overServerBudgets" | "sumUpServer"
  >;
