import { ok } from "node:assert/strict";
import { AccountChecker } from "../../../../src/domain/checks/checkAccount.ts";
import { ServerChecks } from "../../../../src/domain/checks/checkServer.ts";
import type { AccountRule, Rule } from "../../../../src/domain/checks/rule.ts";
import { RULES } from "../../../../src/domain/checks/rules.ts";
import { Prefilter } from "../../../../src/domain/checks/security/prefilter.ts";
import { scanned } from "../../../../src/domain/checks/security/scanned.ts";
import { DEFAULT_SETTINGS } from "../../../../src/domain/checks/settings.ts";
import type { Server } from "../../../../src/domain/servers/server.ts";
import { growthOf } from "../../support/growth.ts";
import { capability, server } from "../../support/servers.ts";

/** Texts that make careless matching quadratic, in whatever length is asked for. */
const HOSTILE: readonly (readonly [name: string, piece: string])[] = [
  ["one letter", "a"],
  ["blanks", " "],
  ["no ends of words", "ignore"],
  ["beginnings of a phrase", "ignore previous "],
  ["beginnings that never end", "do not tell "],
  ["spaced letters", "i g n o r e "],
  ["digits for letters", "1gn0re "],
  ["open tags", "<important "],
  ["open comments", "<!-- must "],
  ["open quotation marks", "\"'“` "],
  ["key after key", "eyJabc.eyJabc."],
  ["one long key", "AKIA7Q"],
  ["dashes", "-----BEGIN "],
  ["base64", "Y3VybCAt"],
  ["hex", "6375726c"],
  ["hidden characters", "\u200b"],
  ["tags", "\u{e0061}"],
  ["black flags", "\u{1f3f4}\u{e0067}"],
  ["joiners", "\u200d👩"],
  ["control characters", "\u001b["],
  ["secret paths", "~/.ssh/ send "],
  ["secret paths in sentences", "Send ~/.ssh/x. "],
  ["mails", "a.b+c@d-"],
  ["names", "send_mail_"],
  ["humps", "sendMail"],
  ["Chinese beginnings", "忽略"],
  ["German beginnings", "ignoriere alle "],
  ["carriage returns", "\r"],
  ["dots", ". "],
  ["home folders", "/home/"],
  ["escapes", "\\x41"],
  ["percent signs", "%41"],
  ["entities", "&#65;"],
  ["pictures", "![a](https://a.example/?"],
  ["passwords in addresses", "a://b:c1"],
  ["lines of base64", "QUJDREVGR0hJSktMTU5PUFFSU1RVVldY\n"],
  ["hidden remarks", "[//]: # ("],
  ["putting somewhere", "put it into .env "],
  ["quoted examples", 'example "ignore all previous instructions" '],
];

const SMALL = 10_000;
const LARGE = 8 * SMALL;
/** Eight times the text may cost eight times the work, with room for noise and for memory, but not 64 times. */
const MOST = 40;
/** In microseconds; below it the clock says nothing. */
const NOTHING = 4000;

function growth(check: (text: string) => void, piece: string): number {
  const large = piece.repeat(Math.ceil(LARGE / piece.length));
  const small = piece.repeat(Math.ceil(SMALL / piece.length));
  return growthOf(
    () => check(small),
    () => check(large),
    { most: MOST, nothing: NOTHING },
  );
}

/** As an ordinary rule meets the text: in names, aliases, descriptions. */
function serverWith(text: string): Server {
  const tools = [capability("tool", "sum", text), capability("tool", text, "Adds")];
  const overrides = [{ name: "sum", alias: text }, { name: `${text}2` }];
  return server({ tools, toolOverrides: overrides, hostname: `https://a.example/${text}` });
}

function checkWith(rule: Exclude<Rule, AccountRule>): (text: string) => void {
  if (rule.of === "text") {
    return (text) => void [...rule.check(scanned(text))];
  }
  const checks = new ServerChecks([rule]);
  return (text) => void checks.check(serverWith(text));
}

describe("the cost of a hostile text", function () {
  this.timeout(60_000);

  const ofOneServer = RULES.filter((rule) => rule.of !== "account");
  for (const rule of ofOneServer) {
    it(`grows with its length under ${rule.id} (${rule.of})`, () => {
      const check = checkWith(rule);
      for (const [name, piece] of HOSTILE) {
        const times = growth(check, piece);
        ok(times < MOST, `${name}: ${times.toFixed(1)} times`);
      }
    });
  }

  // An account's checker checks each server too, so its rules take as long together as each alone.
  it("grows with its length under all rules of an account, those across servers among them", () => {
    const check = (text: string) =>
      void new AccountChecker().check([serverWith(text)], DEFAULT_SETTINGS);
    for (const [name, piece] of HOSTILE) {
      const times = growth(check, piece);
      ok(times < MOST, `${name}: ${times.toFixed(1)} times`);
    }
  });

  it("grows with the dots after a long word, under all rules of an account", () => {
    const dotted = (dots: number) => `${"a".repeat(42)}${".".repeat(dots)} b`;
    const check = (dots: number) =>
      new AccountChecker().check([serverWith(dotted(dots))], DEFAULT_SETTINGS);
    const times = growthOf(
      () => check(SMALL),
      () => check(LARGE),
      { most: MOST, nothing: NOTHING },
    );
    ok(times < MOST, `${times.toFixed(1)} times`);
  });

  it("grows with its length at the first look", () => {
    const prefilter = new Prefilter(RULES);
    const scan = (text: string) => void prefilter.scan(text);
    for (const [name, piece] of HOSTILE) {
      ok(growth(scan, piece) < MOST, name);
    }
  });
});
