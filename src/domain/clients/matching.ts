import { memoize } from "../../base/memo.ts";
import type { ExposedCapability } from "../catalogue/serverCatalogue.ts";
import type { Client, ClientRule, Match } from "./client.ts";
import {
  type ConstructKind,
  type Constructs,
  constructsOf,
  type Occurrence,
  type Occurrences,
} from "./constructs.ts";
import { isTooLong, NAMINGS } from "./naming.ts";

/** Why a tool or prompt doesn't arrive as it is. */
export interface Reason extends Occurrence {
  readonly rule: ClientRule;
  /** How often it occurs in the definition. */
  readonly count: number;
}

/** The shared empty result: most tools arrive as they are. */
const NOTHING: readonly never[] = [];

/** The rules of a client that apply to a tool or prompt by itself, in the order of its table. */
export function reasonsIn(
  client: Client,
  shown: ExposedCapability,
  server: string,
): readonly Reason[] {
  const table = tableOf(client);
  if (shown.kind !== "tool") {
    return textReasons(table.ofPrompts, client, shown, server);
  }
  const constructs = constructsOf(shown.capability.source);
  const texts = textReasons(table.ofTools, client, shown, server);
  if (constructs.kinds.size === 0 && constructs.keywords.size === 0) {
    return texts;
  }
  const found = [...constructReasons(table, constructs)];
  return found.length === 0 ? texts : [...found, ...texts];
}

/** A client's rules, by what they look at, so that a clean tool costs next to nothing. */
interface Table {
  readonly ofKinds: ReadonlyMap<ConstructKind, readonly ClientRule[]>;
  readonly ofKeywords: readonly { readonly rule: ClientRule; readonly among: Iterable<string> }[];
  readonly ofTools: readonly ClientRule[];
  readonly ofPrompts: readonly ClientRule[];
}

const tableOf = memoize(({ rules }: Client): Table => {
  const ofKinds = new Map<ConstructKind, ClientRule[]>();
  const ofKeywords: { rule: ClientRule; among: Iterable<string> }[] = [];
  const ofTools: ClientRule[] = [];
  const ofPrompts: ClientRule[] = [];
  for (const rule of rules) {
    const { match } = rule;
    switch (match.of) {
      case "construct":
        ofKinds.set(match.kind, [...(ofKinds.get(match.kind) ?? []), rule]);
        break;
      case "keyword":
        ofKeywords.push({ rule, among: match.among });
        break;
      case "promptName":
        ofPrompts.push(rule);
        break;
      case "sameName":
        break;
      case "nameLength":
      case "nameForm":
      case "descriptionLength":
      case "noDescription":
        ofTools.push(rule);
        break;
    }
  }
  return { ofKinds, ofKeywords, ofTools, ofPrompts };
});

function* constructReasons(
  { ofKinds, ofKeywords }: Table,
  { kinds, keywords }: Constructs,
): Iterable<Reason> {
  for (const [kind, occurrences] of kinds) {
    for (const rule of ofKinds.get(kind) ?? NOTHING) {
      yield* reasonsOf(rule, occurrences);
    }
  }
  if (keywords.size === 0) {
    return;
  }
  for (const { rule, among } of ofKeywords) {
    for (const keyword of among) {
      const occurrences = keywords.get(keyword);
      if (occurrences !== undefined) {
        yield* reasonsOf(rule, occurrences);
      }
    }
  }
}

/** One reason for the first occurrence, which tells of the others by their count. */
function* reasonsOf(rule: ClientRule, { first, count }: Occurrences): Iterable<Reason> {
  const [occurrence] = first;
  if (occurrence !== undefined) {
    yield { rule, pointer: occurrence.pointer, about: occurrence.about, count };
  }
}

function textReasons(
  rules: readonly ClientRule[],
  client: Client,
  shown: ExposedCapability,
  server: string,
): readonly Reason[] {
  let found: Reason[] | undefined;
  for (const rule of rules) {
    const pointer = brokenText(rule.match, client, shown, server);
    if (pointer !== undefined) {
      found ??= [];
      found.push({ rule, pointer, about: shown.exposedName, count: 1 });
    }
  }
  return found ?? NOTHING;
}

/** The pointer to the text that breaks a rule. */
function brokenText(
  match: Match,
  client: Client,
  { exposedName, description = "" }: ExposedCapability,
  server: string,
): "/name" | "/description" | undefined {
  switch (match.of) {
    case "nameLength":
      return isTooLong(NAMINGS[client.id], exposedName, server) ? "/name" : undefined;
    case "nameForm":
    case "promptName":
      return match.form.test(exposedName) ? undefined : "/name";
    case "descriptionLength":
      return description.length > match.most ? "/description" : undefined;
    case "noDescription":
      return description.trim() === "" ? "/description" : undefined;
    case "construct":
    case "keyword":
    case "sameName":
      return undefined;
  }
}
