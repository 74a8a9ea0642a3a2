import { ok } from "node:assert/strict";
import type { Override } from "../../../../src/domain/catalogue/overrides.ts";
import { AccountChecker } from "../../../../src/domain/checks/checkAccount.ts";
import type { AccountRule, IndexEntry } from "../../../../src/domain/checks/rule.ts";
import { RULES } from "../../../../src/domain/checks/rules.ts";
import { DEFAULT_SETTINGS } from "../../../../src/domain/checks/settings.ts";
import type { Server } from "../../../../src/domain/servers/server.ts";
import { capability, server } from "../../support/servers.ts";

const LONG = "a".repeat(46);

/** Properties that many tools of a server have in common, or nearly so. */
const HOSTILE: readonly (readonly [what: string, toolOf: (index: number) => Override])[] = [
  ["nothing", (index) => ({ name: `tool${index}` })],
  ["the first 46 characters", (index) => ({ name: `${LONG}${index}` })],
  ["an alias", (index) => ({ name: `tool${index}`, alias: "x" })],
  ["a long alias", (index) => ({ name: `tool${index}`, alias: LONG })],
  ["their name in Code Mode", (index) => ({ name: bits(index, "a-", "a.") })],
  ["a name that a text names", (index) => ({ name: `${bits(index, "v", "V")}Widget` })],
];

function bits(index: number, zero: string, one: string): string {
  const digits = index.toString(2).padStart(12, "0");
  return [...digits].map((digit) => (digit === "0" ? zero : one)).join("");
}

const SMALL = 50;
const TIMES = 8;
/** With a margin for work that doesn't depend on the number. */
const MOST = 1.2 * TIMES;

function serverWith(id: string, count: number, toolOf: (index: number) => Override): Server {
  const overrides = Array.from({ length: count }, (_, index) => toolOf(index));
  const description = `Call ${bits(0, "v", "V")}Widget first.`;
  const tools = overrides.map(({ name }) => capability("tool", name, description));
  return server({ id, tools, toolOverrides: overrides.filter(({ alias }) => alias !== undefined) });
}

/** The rule with a callback for each read of the servers' offers. */
function watched(rule: AccountRule, onRead: () => void): AccountRule {
  const watchedEntry = (entry: IndexEntry): IndexEntry => ({
    get key() {
      onRead();
      return entry.key;
    },
    get server() {
      onRead();
      return entry.server;
    },
    get shown() {
      onRead();
      return entry.shown;
    },
  });
  const offers = (of: Server, isAlone: boolean) => rule.index.offers(of, isAlone).map(watchedEntry);
  return { ...rule, index: { ...rule.index, offers } };
}

/** Two servers, and the first after a change. */
interface Pair {
  readonly one: Server;
  readonly other: Server;
  readonly changed: Server;
}

/** Made once for all rules, since what a checker knows of a server by itself is kept with it. */
function pairOf(count: number, toolOf: (index: number) => Override): Pair {
  const one = serverWith("one", count, toolOf);
  // Its names can equal those of the first, so that no index leaves them out.
  return { one, other: serverWith("one-other", count, toolOf), changed: { ...one } };
}

/** The reads of a first check of two servers, and of a second one after a change of the first. */
function costsOf(rule: AccountRule, { one, other, changed }: Pair) {
  let reads = 0;
  const checker = new AccountChecker([
    watched(rule, () => {
      reads += 1;
    }),
  ]);
  checker.check([one, other], DEFAULT_SETTINGS);
  const first = reads;
  checker.check([changed, other], DEFAULT_SETTINGS);
  return { first, again: reads - first };
}

describe("the cost of many tools", () => {
  for (const [what, toolOf] of HOSTILE) {
    const few = pairOf(SMALL, toolOf);
    const many = pairOf(TIMES * SMALL, toolOf);
    for (const rule of RULES.filter((each) => each.of === "account")) {
      it(`grows with their number under ${rule.id} where they share ${what}`, () => {
        const small = costsOf(rule, few);
        const large = costsOf(rule, many);
        ok(large.first < MOST * small.first, `${large.first} reads, ${small.first}`);
        ok(large.again < MOST * small.again, `${large.again} reads, ${small.again}`);
      });
    }
  }
});
