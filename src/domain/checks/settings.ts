import { type ClientId, DEFAULT_CLIENTS } from "../clients/clientIds.ts";
import type { Finding, Severity } from "./finding.ts";
import type { Budgets } from "./rule.ts";

/** A problem that a person chose to ignore. `name` is "" for a problem of the server itself. */
export interface Ignored {
  readonly rule: string;
  /** "" for a problem of a portal itself. */
  readonly server: string;
  readonly name: string;
  /** The portal of the problem; absent for a problem of a server. */
  readonly portal?: string;
}

/** Identifies an ignored problem. */
export function ignoredKey({ rule, server, name, portal }: Ignored): string {
  return JSON.stringify(portal === undefined ? [rule, server, name] : [rule, server, name, portal]);
}

/** A finding with the server or the portal in whose document it is. */
export type PlacedFinding =
  | { readonly server: string; readonly portal?: undefined; readonly finding: Finding }
  | { readonly portal: string; readonly finding: Finding };

/** A person's settings for the checks. */
export interface CheckSettings {
  readonly clients: ReadonlySet<ClientId>;
  /** By rule id. */
  readonly rules: ReadonlyMap<string, Severity | "off">;
  readonly ignore: readonly Ignored[];
  readonly budgets: Budgets;
}

/** Tokens over which a cost is a problem, where the settings don't say otherwise. */
const DEFAULT_BUDGETS: Budgets = { portal: 20_000, server: 10_000, tool: 1500 };

export const DEFAULT_SETTINGS: CheckSettings = {
  clients: new Set(DEFAULT_CLIENTS),
  rules: new Map(),
  ignore: [],
  budgets: DEFAULT_BUDGETS,
};

/** Applies a person's settings: leaves out the findings they don't want and sets severities. */
export class FindingFilter {
  readonly #settings: CheckSettings;
  readonly #ignored: ReadonlySet<string>;

  constructor(settings: CheckSettings) {
    this.#settings = settings;
    this.#ignored = new Set(settings.ignore.map(ignoredKey));
  }

  /** @param clients the clients that the finding is about; undefined where it is about all */
  pass(placed: PlacedFinding, clients: readonly ClientId[] | undefined): Finding | undefined {
    const { finding } = placed;
    const inUse = this.#settings.clients;
    if (clients !== undefined && !clients.some((client) => inUse.has(client))) {
      return undefined;
    }
    if (this.#isIgnored(placed)) {
      return undefined;
    }
    const wanted = this.#settings.rules.get(finding.rule) ?? finding.severity;
    if (wanted === "off") {
      return undefined;
    }
    const severity = finding.weak === true ? lower(wanted) : wanted;
    return severity === finding.severity ? finding : { ...finding, severity };
  }

  #isIgnored(placed: PlacedFinding): boolean {
    if (this.#ignored.size === 0) {
      return false;
    }
    const { rule, subject, mapping = "" } = placed.finding;
    const name = subject?.name ?? "";
    return this.#ignored.has(
      ignoredKey(
        placed.portal === undefined
          ? { rule, server: placed.server, name }
          : { rule, server: mapping, name, portal: placed.portal },
      ),
    );
  }
}

function lower(severity: Severity): Severity {
  switch (severity) {
    case "error":
      return "warning";
    case "warning":
      return "information";
    case "information":
    case "hint":
      return "hint";
  }
}
