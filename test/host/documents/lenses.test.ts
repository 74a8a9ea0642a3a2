import { deepEqual, equal } from "node:assert/strict";
import { RESOURCES } from "../../../src/domain/resources/kinds.ts";
import { newResource } from "../../../src/domain/resources/resource.ts";
import type { Server } from "../../../src/domain/servers/server.ts";
import { Store } from "../../../src/engine/store.ts";
import { DocumentLenses } from "../../../src/features/documents/lenses.ts";
import { StaleDrafts } from "../../../src/features/documents/staleDrafts.ts";
import { server } from "../../unit/support/servers.ts";
import { setUpSuite } from "../support/fixture.ts";

/**
 * VS Code asks an extension for lenses without telling anybody how often. So these lenses have a
 * store of their own, beside the document that the extension has opened.
 */
describe("The lenses of a server's document", () => {
  const suite = setUpSuite({ opensDocs: true });
  let store: Store;
  let drafts: StaleDrafts;
  let lenses: DocumentLenses;
  let asked: number;
  beforeEach(() => {
    store = new Store(RESOURCES);
    const { accountId } = suite.account.emulator;
    store.addAccount({ id: accountId, name: "Account" });
    show(server({ id: "docs", name: "Docs" }), server({ id: "wiki", name: "Wiki" }));
    drafts = new StaleDrafts(store, () => undefined);
    lenses = new DocumentLenses(store, drafts);
    asked = 0;
    lenses.onDidChangeCodeLenses(() => {
      asked += 1;
      titles();
    });
  });
  afterEach(() => {
    lenses.dispose();
    drafts.dispose();
    store.dispose();
  });

  it("are asked for again when they change", () => {
    titles();
    show(server({ id: "docs", name: "Docs", lastSynced: "2026-01-01T00:00:00Z" }));
    equal(asked, 1);
  });

  it("aren't asked for again by changes of which they show nothing", () => {
    const before = titles();
    show(server({ id: "docs", name: "Docs" }), server({ id: "wiki", name: "Wiki, renamed" }));
    show(server({ id: "docs", name: "Docs, renamed" }));
    store.updateAccount(suite.account.emulator.accountId, (account) => ({ ...account }));
    store.filter(new Set(["disabled"]));
    deepEqual([asked, titles()], [0, before]);
  });

  it("aren't asked for before anybody has seen them", () => {
    show(server({ id: "docs", name: "Docs", lastSynced: "2026-01-01T00:00:00Z" }));
    equal(asked, 0);
  });

  function titles(): readonly string[] {
    return lenses
      .provideCodeLenses(suite.editing.document)
      .map(({ command }) => command?.title ?? "");
  }

  function show(...servers: readonly Server[]): void {
    store.collection(suite.account.emulator.accountId, "server").update((collection) => ({
      ...collection,
      items: new Map(servers.map((each) => [each.id, newResource(each)])),
    }));
  }
});
