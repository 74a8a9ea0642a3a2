import { deepEqual, equal } from "node:assert/strict";
import type { Finding } from "../../../../src/domain/checks/finding.ts";
import type { FixKind } from "../../../../src/domain/checks/fixes.ts";
import { DEFAULT_SETTINGS } from "../../../../src/domain/checks/settings.ts";
import { RESOURCES } from "../../../../src/domain/resources/kinds.ts";
import { newResource } from "../../../../src/domain/resources/resource.ts";
import { Store } from "../../../../src/engine/store.ts";
import {
  FixContexts,
  FixCounts,
  type FixSource,
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
    const contexts = new FixContexts(account);
    const address = { accountId: "acc", serverId: "docs" };
    equal(contexts.of(address)?.names, contexts.of(address)?.names);
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
    account.findings.checked = {};
    account.found = [];
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
  readonly findings: FixSource["findings"] & { checked: object };
  readonly store: Store;
  readonly #counts = new FixCounts(this);
  found: readonly Finding[];
  /** The number of reads of the findings. */
  looks = 0;
  /** The number of reads of the servers for their names. */
  reads = 0;

  constructor(findings: readonly Finding[], tools = server().tools) {
    this.found = findings;
    this.findings = {
      settings: DEFAULT_SETTINGS,
      checked: {},
      of: () => {
        this.looks += 1;
        return this.found;
      },
      ofPortal: () => [],
      renamedTo: () => undefined,
    };
    const items = new Map([["docs", newResource(server({ tools }))]]);
    const values = items.values.bind(items);
    items.values = () => {
      this.reads += 1;
      return values();
    };
    this.store = new Store(RESOURCES);
    this.store.addAccount({ id: "acc", name: "Account" });
    this.store
      .collection("acc", "server")
      .update((collection) => ({ ...collection, items, isConfirmed: true }));
    this.reads = 0;
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
    return this.#counts.of("acc", RULE, kind);
  }
}
