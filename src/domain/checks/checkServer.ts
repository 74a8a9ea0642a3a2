import { catalogueOf, type ExposedCapability } from "../catalogue/layers.ts";
import type { Server } from "../servers/server.ts";
import type { Finding, Hit } from "./finding.ts";
import { checkHealth } from "./health.ts";
import type { CapabilityRule, ClientId, Rule, TextRule } from "./rule.ts";
import { RULES } from "./rules.ts";
import { visible } from "./security/unseen.ts";
import { type NamingText, rememberNaming, textHits } from "./texts.ts";

/** A finding before the settings are applied. */
export interface RawFinding {
  readonly finding: Finding;
  readonly client: ClientId | undefined;
}

const remembered = new WeakMap<Server, readonly RawFinding[]>();

/** All findings of the rules that look at one server; memoized by the server's identity. */
export function checkServer(server: Server): readonly RawFinding[] {
  const known = remembered.get(server);
  if (known !== undefined) {
    return known;
  }
  const found = checkServerWith(server, RULES);
  remembered.set(server, found);
  return found;
}

export function checkServerWith(server: Server, rules: readonly Rule[]): readonly RawFinding[] {
  const found: RawFinding[] = checkHealth(server).map((finding) => ({
    finding,
    client: undefined,
  }));
  const add = (rule: Rule, hit: Hit): void => {
    found.push(asFound(rule, hit));
  };
  const catalogue = catalogueOf(server);
  for (const rule of rules) {
    if (rule.of !== "server") {
      continue;
    }
    for (const hit of rule.check(server, catalogue)) {
      add(rule, hit);
    }
  }
  // A disabled capability is shown to no client; disabling is itself a fix.
  const shown = [...catalogue.tools, ...catalogue.prompts].filter(({ enabled }) => enabled);
  checkCapabilities(server, shown, rules, add);
  checkTexts(server, shown, rules, add);
  return found;
}

type Add = (rule: Rule, hit: Hit) => void;

function checkCapabilities(
  server: Server,
  shown: readonly ExposedCapability[],
  rules: readonly Rule[],
  add: Add,
): void {
  const ofCapabilities = rules.filter((rule): rule is CapabilityRule => rule.of === "capability");
  for (const each of shown) {
    for (const rule of ofCapabilities) {
      for (const hit of rule.check(each, server)) {
        add(rule, hit);
      }
    }
  }
}

function checkTexts(
  server: Server,
  shown: readonly ExposedCapability[],
  rules: readonly Rule[],
  add: Add,
): void {
  const ofTexts = new TextRules(rules);
  if (ofTexts.isEmpty) {
    return;
  }
  const naming: NamingText[] = [];
  for (const each of shown) {
    textHits(each, ofTexts, add, naming);
  }
  rememberNaming(server, naming);
}

export function asFound(rule: Rule, hit: Hit): RawFinding {
  return {
    finding: {
      rule: rule.id,
      severity: rule.severity,
      fixes: rule.fixes,
      ...hit,
      message: readable(hit.message),
    },
    client: rule.client,
  };
}

const MOST_MESSAGE = 600;

/**
 * Names in a message are untrusted. They may be endless, hide characters or end in half a
 * character.
 */
function readable(message: string): string {
  const cut = message.length > MOST_MESSAGE ? `${message.slice(0, MOST_MESSAGE)}…` : message;
  return visible(cut.toWellFormed());
}

/** The text rules to run for a set of flags. Few sets of flags occur, so each list is made once. */
export class TextRules {
  readonly #all: readonly TextRule[];
  readonly #wanting = new Map<number, readonly TextRule[]>();

  constructor(rules: readonly Rule[]) {
    this.#all = rules.filter((rule) => rule.of === "text");
  }

  get isEmpty(): boolean {
    return this.#all.length === 0;
  }

  wanting(flags: number): readonly TextRule[] {
    const known = this.#wanting.get(flags);
    if (known !== undefined) {
      return known;
    }
    const wanting = this.#all.filter((rule) => rule.wants(flags));
    this.#wanting.set(flags, wanting);
    return wanting;
  }
}
