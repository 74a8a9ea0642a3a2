import { deepEqual, equal } from "node:assert/strict";
import * as vscode from "vscode";
import type { MappedServer, Portal } from "../../../src/domain/portals/portal.ts";
import { RESOURCES } from "../../../src/domain/resources/kinds.ts";
import { newResource } from "../../../src/domain/resources/resource.ts";
import { Store } from "../../../src/engine/store.ts";
import { ExposedNameHints } from "../../../src/features/documents/inlayHints.ts";
import { DocumentLenses } from "../../../src/features/documents/lenses.ts";
import { StaleDrafts } from "../../../src/features/documents/staleDrafts.ts";
import { mapping, portal } from "../../unit/support/portals.ts";
import { capability } from "../../unit/support/servers.ts";
import { Editing } from "../support/documents.ts";
import { setUpSuite } from "../support/fixture.ts";

/**
 * VS Code asks an extension for lenses and hints without telling anybody how often. So these have a
 * store of their own, beside the document that the extension has opened.
 */
describe("The lenses and hints of a portal's document", () => {
  const { account } = setUpSuite();
  let editing: Editing;
  let store: Store;
  let drafts: StaleDrafts;
  let lenses: DocumentLenses;
  let hints: ExposedNameHints;
  let asked: string[];
  beforeEach(async () => {
    editing = await Editing.open(account, "engineering", "portal");
    store = new Store(RESOURCES);
    store.addAccount({ id: account.emulator.accountId, name: "Account" });
    show();
    drafts = new StaleDrafts(store, () => undefined);
    lenses = new DocumentLenses(store, drafts);
    hints = new ExposedNameHints(store);
    asked = [];
    lenses.onDidChangeCodeLenses(() => {
      asked.push("lenses");
      shownLenses();
    });
    hints.onDidChangeInlayHints(() => {
      asked.push("hints");
      shownHints();
    });
  });
  afterEach(async () => {
    lenses.dispose();
    hints.dispose();
    drafts.dispose();
    store.dispose();
    await editing.close();
  });

  it("are asked for again when they change", () => {
    shownLenses();
    shownHints();
    show({ hostname: "other.example.com" });
    deepEqual(asked, ["lenses"]);
    show({ hostname: "other.example.com" }, "find");
    deepEqual(asked, ["lenses", "hints"]);
  });

  it("say which server they are about, by a name that stays a name, and what it waits for", () => {
    show({}, undefined, { name: "$(trash) [Docs](command:x)", status: "stale" });
    deepEqual(shownLenses().slice(-2), [
      "$(sync) Sync $\u2060(trash) [Docs]\u2060(command:x)",
      "$\u2060(trash) [Docs]\u2060(command:x): Sync required · 1 tool",
    ]);
    show({}, undefined, { name: "Manuals" });
    deepEqual(asked, ["lenses"]);
    deepEqual(shownLenses().slice(-2), ["$(sync) Sync Manuals", "Manuals: 1 tool"]);
    store.updateAccount(account.emulator.accountId, (known) => ({
      ...known,
      access: { ...known.access, readOnly: true },
    }));
    deepEqual(shownLenses(), ["mcp.example.com", "Manuals: 1 tool"]);
  });

  it("aren't asked for again by changes of which they show nothing", () => {
    const before = [shownLenses(), shownHints()];
    show();
    show({ description: "Another" });
    store.updateAccount(account.emulator.accountId, (known) => ({ ...known }));
    store.filter(new Set(["disabled"]));
    deepEqual(asked, []);
    deepEqual([shownLenses(), shownHints()], before);
  });

  it("aren't asked for before anybody has seen them", () => {
    show({ hostname: "other.example.com" }, "find");
    equal(asked.length, 0);
  });

  function shownLenses(): readonly string[] {
    return lenses.provideCodeLenses(editing.document).map(({ command }) => command?.title ?? "");
  }

  function shownHints(): readonly vscode.InlayHint[] {
    const whole = new vscode.Range(0, 0, editing.document.lineCount, 0);
    return hints.provideInlayHints(editing.document, whole);
  }

  /** @param alias the server's own of the tool `search_docs` of Docs */
  function show(
    change: Partial<Pick<Portal, "hostname" | "description">> = {},
    alias?: string,
    server: Partial<Pick<MappedServer, "name" | "status">> = {},
  ): void {
    const made = mapping("docs", {
      tools: [capability("tool", "search_docs")],
      serverOverrides: alias === undefined ? [] : [{ name: "search_docs", alias }],
    });
    const docs = { ...made, server: made.server && { ...made.server, ...server } };
    const shown = portal({ id: "engineering", mappings: [docs], ...change });
    store.collection(account.emulator.accountId, "portal").update((collection) => ({
      ...collection,
      items: new Map([[shown.id, newResource(shown)]]),
    }));
  }
});
