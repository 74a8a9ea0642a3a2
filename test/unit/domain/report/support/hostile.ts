import type { Dice } from "../../../engine/support/dice.ts";

/** What an upstream would write to be obeyed by a runner, a terminal, a viewer or Terraform. */
const PIECES = [
  "::error file=a::b",
  "\n::add-mask::x\n",
  "\r\n  ::stop-commands::t",
  "##[add-path]/tmp",
  "##vso[task.setvariable variable=a]b",
  "%0A::error::",
  "\u001b[2J",
  "\u202e",
  "\u{e0041}",
  "](https://evil.example)",
  "[here](1)",
  "{0}",
  '"',
  "'",
  "\\",
  "\\n",
  "${",
  "%{",
  '$${file("/etc/passwd")}',
  "%{ if true }",
  "}",
  "<<EOT\n",
  "\nEOT\n",
  "\u0000",
  "\u2028",
  "\ud800",
  "/*",
  "#",
  ",",
  ":",
  "$",
  "%",
  "$$",
  "%%",
  " ",
  "\t",
  "é",
  "👩‍💻",
  "__proto__",
  "search",
] as const;

/** A text made of such pieces. */
export function hostileText(dice: Dice): string {
  return Array.from({ length: 1 + dice.below(8) }, () => dice.pick(PIECES)).join("");
}

/** Every piece once, so that none waits for its dice. */
export const HOSTILE_TEXTS: readonly string[] = PIECES;
