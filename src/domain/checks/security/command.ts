import * as l10n from "@vscode/l10n";
import { excerpt } from "../../../base/unseen.ts";
import { TEXT_FIXES, type TextHit, type TextRule } from "../rule.ts";
import { COMMAND_ORDERS } from "./foreignKinds.ts";
import { SHAPE } from "./shapes.ts";

/** What no description needs: it fetches and runs programs, destroys, or opens a way in. */
const HOSTILE =
  /\b(?:curl|wget|iwr|fetch)\b[^\n|;&]{1,160}?\|\s{0,4}(?:sudo\s{1,4})?(?:ba|z|da)?sh\b|\bbash -c ["'$(]{1,4}(?:curl|wget)|\brm\s{1,4}-[a-z]{0,3}r[a-z]{0,3}\s{1,4}(?:\/(?![a-z])|~|\$home|\*|--no)|\bnc\s{1,4}(?:-[a-z]{1,4}\s{1,4})?[\w.-]{1,80}\s{1,4}\d{2,5}|\bnc -[a-z]{0,3}e\b|\/dev\/tcp\/|\bdd if=|\bmkfs\.|\bchmod\s{1,4}(?:-r\s{1,4})?0?777\b|\|\s{0,4}base64\b[^\n]{0,40}\|\s{0,4}(?:curl|sh|bash|nc)\b|\bbase64 -d[a-z]{0,6}\b[^\n]{0,8}\|\s{0,4}(?:ba|z)?sh\b|\beval ["'$`(]{1,4}|\b(?:wget|curl)\b[^\n]{1,120}?(?:;|&&)\s{0,4}(?:sudo\s{1,4})?(?:(?:ba|z)?sh|chmod|python3?|node|\.\/)|\bpowershell(?:\.exe)? -(?:nop|enc|e|w|c|ep|exec)|\biex\s{0,4}\(|\binvoke-expression\b|set-mppreference|\b(?:systemctl|service) (?:stop|disable) |\bpkill -9|\bgit push https?:|\bpip3? install [^\n]{0,60}--(?:extra-)?index-url|\bpython3? -c ["'][^\n]{0,40}(?:os\.|subprocess|socket|exec)|\bnode -e ["'][^\n]{0,20}require|\bcurl [^\n]{0,80}\$\(|\bnpx [\w@/.-]{2,60} --yes|\bnpx (?:-y|--yes) [\w@/.-]{2,60}/gi;

/** Files and hooks that start programs later on. */
const STARTING =
  /(?:~\/|\$home\/|\/home\/[\w.-]{1,32}\/|(?<![\w/.]))\.(?:bashrc|bash_profile|zshrc|zprofile|zshenv)\b|\bcrontab\b|\/etc\/(?:hosts|cron\w{0,10}|rc\.local|ld\.so\.preload)\b|\bauthorized_keys\b|\bcore\.hookspath\b|\b(?:post|pre)install\b|\b(?:pre-commit|post-commit|pre-push) hook\b|\blaunch(?:agents|daemons)\b|\.config\/autostart\b|\bchmod \+x\b|\bsudo [a-z]{2,12}\b|\bgit config --global\b|\.gitconfig\b/gi;

const COMMANDS = [HOSTILE, STARTING];

/** An order to the reader, in the words before or after a command. */
const ORDER =
  /\b(?:run|execute|type|append|add|write|insert|put|set|create|modify|install|do|start(?: by)?|launch|turn off|disable|kill|open|delete|perform|must|has to|have to|has been|needs?|requires?|required|first|please|always|persist)\b/i;
/** Words of a text that speaks about a command. */
const SPOKEN_ABOUT =
  /\b(?:such as|e\.g\.|for example|examples?|like|equivalent|similar to|detect\w{0,3}|block\w{0,3}|find\w{0,3}|prevent\w{0,3}|reject\w{0,3}|warn\w{0,3}|refus\w{0,3}|scan\w{0,4}|report\w{0,3}|instead of|returns?|shows?|lists?|reads?|in scripts|loads?|simulat\w{0,3}|analy\w{0,4}|flag\w{0,3}|attempts?|hardening|explain\w{0,3}|tell the user|whose)\b/i;
const BEFORE = 90;
const AFTER = 60;

/** Sources: mcpproxy-go, payload; Invariant Labs, MCP injection experiments. */
export const command: TextRule = {
  of: "text",
  id: "security/command",
  severity: "error",
  tellsIntent: true,
  fixes: TEXT_FIXES,
  requires: {
    shapes: SHAPE.disguised | SHAPE.unusual,
    any: [COMMANDS, COMMAND_ORDERS],
  },
  *check({ text, lower, mayHave }) {
    if (mayHave(COMMANDS)) {
      yield* orderedIn(text, HOSTILE);
      yield* orderedIn(text, STARTING);
    }
    if (mayHave(COMMAND_ORDERS)) {
      for (const phrase of COMMAND_ORDERS) {
        for (const { start, end } of phrase.find(lower())) {
          yield hitOf(text, start, end);
        }
      }
    }
  },
};

function* orderedIn(text: string, pattern: RegExp): Iterable<TextHit> {
  for (const { index, 0: found } of text.matchAll(pattern)) {
    const end = index + found.length;
    const before = sentenceBefore(text, index);
    const after = text.slice(end, end + AFTER);
    const isOrdered = ORDER.test(before) || (pattern === HOSTILE && ORDER.test(after));
    if (isOrdered && !SPOKEN_ABOUT.test(before)) {
      yield hitOf(text, index, end);
    }
  }
}

/** The words of the sentence before an offset. */
function sentenceBefore(text: string, index: number): string {
  const before = text.slice(Math.max(0, index - BEFORE), index);
  const ends = [...before.matchAll(/[.!?]\s|\n/g)];
  return before.slice((ends.at(-1)?.index ?? -1) + 1);
}

function hitOf(text: string, start: number, end: number): TextHit {
  const message = l10n.t(
    'It orders a command, or a change of what starts commands: "{0}".',
    excerpt(text, start, end),
  );
  return { start, end, message };
}
