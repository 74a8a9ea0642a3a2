import * as l10n from "@vscode/l10n";
import type { ExposedCapability } from "../catalogue/serverCatalogue.ts";
import { ALL_CLIENTS } from "../clients/allClients.ts";
import type { ClientRule } from "../clients/client.ts";
import type { ClientId } from "../clients/clientIds.ts";
import {
  type ConstructKind,
  type Constructs,
  constructsOf,
  type Occurrence,
  type Occurrences,
} from "../clients/constructs.ts";
import { constructInWords, rulesWhere } from "../clients/constructWords.ts";
import { type Hit, placeOf, type Severity } from "./finding.ts";
import { type CapabilityRule, NOTHING } from "./rule.ts";

/** A check of schemas: what it looks for in the tables of the clients. */
interface SchemaCheck {
  readonly id: string;
  readonly severity: Severity;
  readonly kinds?: readonly ConstructKind[];
  /** Keywords that a client refuses. */
  readonly refusedKeywords?: true;
  /**
   * The check applies whatever clients are in use: the schema is wrong by itself, or clients that
   * nobody lists here mind it too.
   */
  readonly always?: true;
}

/** Sources stand in the tables of the clients. */
const CHECKS: readonly SchemaCheck[] = [
  { id: "schema/top-combiner", severity: "error", kinds: ["topCombiner"] },
  { id: "schema/array-items", severity: "error", kinds: ["arrayWithoutItems"] },
  { id: "schema/property-names", severity: "error", kinds: ["propertyName"] },
  { id: "schema/null", severity: "error", kinds: ["nullKeyword"], always: true },
  { id: "schema/output-type", severity: "error", kinds: ["outputNotObject"], always: true },
  {
    id: "schema/draft",
    severity: "error",
    kinds: ["illegalValue", "notDraft07"],
    always: true,
  },
  { id: "schema/no-properties", severity: "warning", kinds: ["noProperties"] },
  { id: "schema/enum-values", severity: "warning", kinds: ["enumNotString"] },
  { id: "schema/refused-keywords", severity: "warning", refusedKeywords: true },
  { id: "schema/required", severity: "information", kinds: ["requiredUnknown"] },
  // Two, because each is for another client.
  { id: "schema/dropped-keywords", severity: "information", kinds: ["topCondition"] },
  { id: "schema/dropped-keywords", severity: "information", kinds: ["severalVariants"] },
];

/** What clients drop, refuse or alter in a tool's schemas, each told once with all of its clients. */
export const SCHEMA_RULES: readonly CapabilityRule[] = CHECKS.map(schemaRule);

function schemaRule(check: SchemaCheck): CapabilityRule {
  const { id, severity } = check;
  const rules = rulesWhere(isWanted(check));
  return {
    of: "capability",
    id,
    severity,
    fixes: ["disable"],
    command: "copyReport",
    ...(check.always === true ? {} : { clients: clientsWith(rules) }),
    check: (shown) => {
      const hit = shown.kind === "tool" ? firstHit(check, rules, shown) : undefined;
      return hit === undefined ? NOTHING : [hit];
    },
  };
}

function isWanted({ kinds, refusedKeywords }: SchemaCheck): (rule: ClientRule) => boolean {
  return ({ match, effect }) => {
    if (match.of === "construct") {
      return kinds?.includes(match.kind) === true;
    }
    return refusedKeywords === true && match.of === "keyword" && effect === "refused";
  };
}

/** The clients in which the worst happens; the others are named in the message alone. */
function clientsWith(rules: readonly ClientRule[]): readonly ClientId[] {
  const worst = rules.filter(({ effect }) => effect === rules[0]?.effect);
  return ALL_CLIENTS.filter((client) => client.rules.some((rule) => worst.includes(rule))).map(
    ({ id }) => id,
  );
}

function firstHit(
  check: SchemaCheck,
  rules: readonly ClientRule[],
  { kind, name, capability }: ExposedCapability,
): Hit | undefined {
  const constructs = constructsOf(capability.source);
  const found = firstFound(check, constructs, rules);
  if (found === undefined) {
    return undefined;
  }
  const whys = rules.filter(({ match }) => isAbout(match, found)).map(({ why }) => why());
  const message = [
    constructInWords(found.kind, found.occurrence),
    ...(found.count > 1 ? [moreInWords(found.count - 1)] : []),
    ...new Set(whys),
  ].join(" ");
  const subject = { kind, name };
  return { message, subject, path: placeOf(subject) };
}

interface Found {
  readonly kind: ConstructKind | "keyword";
  readonly occurrence: Occurrence;
  readonly count: number;
}

function firstFound(
  { kinds = [], refusedKeywords }: SchemaCheck,
  constructs: Constructs,
  rules: readonly ClientRule[],
): Found | undefined {
  if (constructs.kinds.size === 0 && constructs.keywords.size === 0) {
    return undefined;
  }
  for (const kind of kinds) {
    const found = foundOf(kind, constructs.kinds.get(kind), told(kind, constructs));
    if (found !== undefined) {
      return found;
    }
  }
  return refusedKeywords === true ? firstKeyword(constructs, rules) : undefined;
}

/** A null that clients of the official SDK refuse is told as that, and not as an illegal value too. */
function told(kind: ConstructKind, { kinds }: Constructs): readonly Occurrence[] {
  return kind === "illegalValue" ? (kinds.get("nullKeyword")?.first ?? NOTHING) : NOTHING;
}

function foundOf(
  kind: ConstructKind,
  occurrences: Occurrences | undefined,
  told: readonly Occurrence[],
): Found | undefined {
  const untold = occurrences?.first.filter(
    ({ pointer }) => !told.some((other) => other.pointer === pointer),
  );
  const [occurrence] = untold ?? [];
  if (occurrences === undefined || untold === undefined || occurrence === undefined) {
    return undefined;
  }
  const skipped = occurrences.first.length - untold.length;
  return { kind, occurrence, count: occurrences.count - skipped };
}

function firstKeyword({ keywords }: Constructs, rules: readonly ClientRule[]): Found | undefined {
  for (const { match } of rules) {
    for (const keyword of match.of === "keyword" ? match.among : NOTHING) {
      const occurrences = keywords.get(keyword);
      const [occurrence] = occurrences?.first ?? NOTHING;
      if (occurrences !== undefined && occurrence !== undefined) {
        return { kind: "keyword", occurrence, count: occurrences.count };
      }
    }
  }
  return undefined;
}

function isAbout(match: ClientRule["match"], { kind, occurrence }: Found): boolean {
  switch (match.of) {
    case "construct":
      return match.kind === kind;
    case "keyword":
      return match.among.has(occurrence.about);
    default:
      return false;
  }
}

function moreInWords(count: number): string {
  return count === 1
    ? l10n.t("There is one more such place.")
    : l10n.t("There are {0} more such places.", count);
}
