/** Markers between the roles of a conversation. In a description they fake a new turn. */
const MARKERS =
  /<\|[a-z_]{2,24}\|>|<(?:start|end)_of_turn>|\[\/?INST\]|<<\/?SYS>>|(?<![^\n])#{2,4} ?(?:[Ss]ystem|[Ss]ystem [Pp]rompt|[Ii]nstruction|[Nn]ew [Ii]nstructions?) ?:|(?<![^\n]) {0,4}\[?(?:SYSTEM|ADMIN|DEVELOPER)(?: (?:PROMPT|MESSAGE|OVERRIDE|NOTE|NOTICE|INSTRUCTIONS?|UPDATE|ALERT))?[\]:] ?|\[(?:SYSTEM|ADMIN|DEVELOPER) (?:PROMPT|MESSAGE|OVERRIDE|NOTE|NOTICE|INSTRUCTIONS?|UPDATE|ALERT)\]|<(?:system|assistant|developer)[-_ ](?:reminder|prompt|message|instructions?|override|note|notice)>|<system>|(?:BEGIN|START)(?: OF)? SYSTEM (?:PROMPT|MESSAGE|INSTRUCTIONS?)|\[system\]\(#|\{\{#(?:system|assistant)\}\}/g;

/** Honest texts quote dialogues too, so these are weak. */
const TURNS = /\n\n(?:System|Human|Assistant): /g;

/** The expressions of chat markers. */
export const CHAT_MARKERS = [MARKERS, TURNS];

interface ChatMarker {
  readonly start: number;
  readonly end: number;
  readonly weak: boolean;
}

export function* chatMarkers(text: string): Iterable<ChatMarker> {
  for (const { index, 0: found } of text.matchAll(MARKERS)) {
    yield { start: index, end: index + found.length, weak: false };
  }
  for (const { index, 0: found } of text.matchAll(TURNS)) {
    yield { start: index + 2, end: index + found.length, weak: true };
  }
}
