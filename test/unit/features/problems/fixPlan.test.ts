import { deepEqual, equal } from "node:assert/strict";
import type { Finding } from "../../../../src/domain/checks/finding.ts";
import type { FixKind } from "../../../../src/domain/checks/fixes.ts";
import { DEFAULT_SETTINGS } from "../../../../src/domain/checks/settings.ts";
import type { Server } from "../../../../src/domain/servers/server.ts";
import {
  AccountNames,
  countFixes,
  findingsByRule,
  planFixes,
} from "../../../../src/features/problems/fixPlan.ts";
import { capability, server } from "../../support/servers.ts";

const RULE = "security/hidden-characters";

describe("a fix of a kind, for all that it helps", () => {
  it("is there where only a later finding of a tool has it, and each tool is there once", () => {
    const account = new Account([
      finding("search", "In what search does"),
      finding("search", "search"),
      finding("search", "search"),
      finding("delete_page", "In what delete_page does"),
    ]);
    deepEqual(account.aliases(), ["search: search_2"]);
    equal(account.count("setAlias"), 1);
    equal(account.count("disable"), 2);
  });

  it("gives no two tools of a server one alias", () => {
    const tools = [capability("tool", "a.b"), capability("tool", "a:b")];
    const account = new Account([finding("a.b", "a.b"), finding("a:b", "a:b")], tools);
    deepEqual(account.aliases(), ["a.b: a_b", "a:b: a_b_2"]);
  });

  it("reads the account's names once, and only where one is proposed", () => {
    const account = new Account([
      finding("search", "search"),
      finding("delete_page", "delete_page"),
    ]);
    const names = new AccountNames(account);
    equal(names.of("acc"), names.of("acc"));
    account.plan("disable");
    equal(account.reads, 0);
    account.plan("setAlias");
    equal(account.reads, 1);
  });

  it("is counted once, until problems are others", () => {
    const account = new Account([finding("search", "search")]);
    equal(account.count("setAlias"), 1);
    const { looks } = account;
    equal(account.count("setAlias"), 1);
    equal(account.count("disable"), 1);
    equal(account.looks, looks);
    account.checked = {};
    account.findings = [];
    equal(account.count("disable"), 0);
  });
});

function finding(name: string, text: string): Finding {
  return {
    rule: RULE,
    severity: "error",
    message: `${name}: ${text}`,
    path: ["tools", name],
    subject: { kind: "tool", name },
    evidence: { text, span: { offset: 0, length: 1 } },
  };
}

/** An account of one server, which counts the reads. */
class Account {
  readonly settings = DEFAULT_SETTINGS;
  checked = {};
  findings: readonly Finding[];
  /** The number of reads of the findings. */
  looks = 0;
  /** The number of reads of the servers for their names. */
  reads = 0;
  readonly #servers: readonly Server[];

  constructor(findings: readonly Finding[], tools = server().tools) {
    this.findings = findings;
    const servers = [server({ tools })];
    servers[Symbol.iterator] = () => {
      this.reads += 1;
      return servers.values();
    };
    this.#servers = servers;
  }

  servers(): readonly Server[] {
    return this.#servers;
  }

  server(): Server | undefined {
    return this.#servers[0];
  }

  of(): readonly Finding[] {
    this.looks += 1;
    return this.findings;
  }

  plan(kind: FixKind): ReturnType<typeof planFixes> {
    return planFixes(this, findingsByRule(this, ["acc"]).get(RULE) ?? [], kind);
  }

  aliases(): readonly string[] {
    return this.plan("setAlias").map(
      ({ finding: { subject }, fix }) => `${subject?.name}: ${fix.values[0]?.to}`,
    );
  }

  count(kind: FixKind): number {
    return countFixes(this, "acc", RULE, kind);
  }
}
