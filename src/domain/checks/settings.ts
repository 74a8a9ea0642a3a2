import { type ClientId, DEFAULT_CLIENTS } from "../clients/clientIds.ts";
import type { Finding, Severity } from "./finding.ts";

/** A problem that a person chose to ignore. `name` is "" for a problem of the server itself. */
export interface Ignored {
  readonly rule: string;
  readonly server: string;
  readonly name: string;
}

/** A person's settings for the checks. */
export interface CheckSettings {
  readonly clients: ReadonlySet<ClientId>;
  /** By rule id. */
  readonly rules: ReadonlyMap<string, Severity | "off">;
  readonly ignore: readonly Ignored[];
}

export const DEFAULT_SETTINGS: CheckSettings = {
  clients: new Set(DEFAULT_CLIENTS),
  rules: new Map(),
  ignore: [],
};

/** Applies a person's settings: leaves out the findings they don't want and sets severities. */
export class FindingFilter {
  readonly #settings: CheckSettings;
  readonly #ignored: ReadonlySet<string>;

  constructor(settings: CheckSettings) {
    this.#settings = settings;
    this.#ignored = new Set(
      settings.ignore.map(({ rule, server, name }) => JSON.stringify([rule, server, name])),
    );
  }

  /** @param clients the clients that the finding is about; undefined where it is about all */
  pass(
    serverId: string,
    finding: Finding,
    clients: readonly ClientId[] | undefined,
  ): Finding | undefined {
    const inUse = this.#settings.clients;
    if (clients !== undefined && !clients.some((client) => inUse.has(client))) {
      return undefined;
    }
    if (this.#isIgnored(serverId, finding)) {
      return undefined;
    }
    const wanted = this.#settings.rules.get(finding.rule) ?? finding.severity;
    if (wanted === "off") {
      return undefined;
    }
    const severity = finding.weak === true ? lower(wanted) : wanted;
    return severity === finding.severity ? finding : { ...finding, severity };
  }

  #isIgnored(serverId: string, { rule, subject }: Finding): boolean {
    if (this.#ignored.size === 0) {
      return false;
    }
    return this.#ignored.has(JSON.stringify([rule, serverId, subject?.name ?? ""]));
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
