import { concealmentPatterns } from "./concealmentPhrases.ts";
import { dataSink } from "./dataSink.ts";
import { displacement } from "./displacement.ts";
import { PRIVATE_THINGS } from "./exfiltrationTargets.ts";
import { falseAuthority } from "./falseAuthority.ts";
import { laterChange } from "./laterChange.ts";
import { overridePatterns } from "./overridePhrases.ts";
import { PhraseBook } from "./phraseBook.ts";
import type { PhraseKind } from "./phraseRule.ts";
import { toolOrder } from "./toolOrder.ts";
import { userOverruled } from "./userOverruled.ts";

/** The kinds of poisoned texts that are told by phrases, in the order of the settings. */
export const PHRASE_KINDS: readonly PhraseKind[] = [
  toolOrder,
  userOverruled,
  displacement,
  dataSink,
  falseAuthority,
  laterChange,
];

/** What all rules that read words look for. */
export const BOOK = new PhraseBook({
  plain: [overridePatterns, concealmentPatterns, ...PRIVATE_THINGS],
  named: PHRASE_KINDS.map(({ orders }) => orders),
});
