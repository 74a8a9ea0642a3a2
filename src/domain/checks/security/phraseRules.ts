import type { TextRule } from "../rule.ts";
import { PHRASE_KINDS } from "./phraseKinds.ts";
import { phraseRule } from "./phraseRule.ts";

const SHARED = {
  phrases: PHRASE_KINDS.map(({ orders }) => orders),
  foreign: PHRASE_KINDS.flatMap(({ foreign }) => foreign),
};

export const PHRASE_RULES: readonly TextRule[] = PHRASE_KINDS.map((kind) =>
  phraseRule(kind, SHARED),
);
