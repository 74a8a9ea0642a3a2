import { deepEqual, equal } from "node:assert/strict";
import * as vscode from "vscode";
import type { Finding } from "../../../src/domain/checks/finding.ts";
import { DEFAULT_SETTINGS } from "../../../src/domain/checks/settings.ts";
import { RESOURCES } from "../../../src/domain/resources/kinds.ts";
import { newResource } from "../../../src/domain/resources/resource.ts";
import { Store } from "../../../src/engine/store.ts";
import { OUR_DOCUMENTS } from "../../../src/features/documents/index.ts";
import { actionsAt } from "../../../src/features/problems/codeActions.ts";
import { FixCounts } from "../../../src/features/problems/fixPlan.ts";
import { PROBLEMS_SOURCE } from "../../../src/manifest.ts";
import { server } from "../../unit/support/servers.ts";
import { setUpSuite } from "../support/fixture.ts";
import { documentUri } from "../support/quickFixes.ts";

const DOCS = server({ id: "docs" });
const FINDINGS = ["search", "delete_page"].map(
  (name): Finding => ({
    rule: "security/instruction-override",
    severity: "error",
    fixes: ["resetDescription", "disable"],
    message: `${name} gives orders`,
    path: ["tools", name],
    subject: { kind: "tool", name },
  }),
);

describe("The lightbulb", () => {
  const { account } = setUpSuite();

  it("reads the text once and the account once, however many problems there are", async () => {
    const real = await vscode.workspace.openTextDocument(documentUri(account, "docs"));
    const counts = { text: 0, findings: 0 };
    const document = new Proxy(real, {
      get: (target, key) => {
        if (key === "getText") {
          counts.text += 1;
        }
        return Reflect.get(target, key);
      },
    });
    const findings = {
      settings: DEFAULT_SETTINGS,
      checked: {},
      of: () => {
        counts.findings += 1;
        return FINDINGS;
      },
      ofPortal: () => [],
      renamedTo: () => undefined,
    };
    const drafts = {
      resource: () => ({ kind: "server", server: DOCS }) as const,
      findings: () => FINDINGS,
    };
    const source = { store: storeOf(account.emulator.accountId), findings };
    const app = { ...source, counts: new FixCounts(source) };
    const actions = actionsAt(
      app,
      { drafts, texts: OUR_DOCUMENTS },
      document,
      FINDINGS.map(diagnosticOf),
    );
    deepEqual(
      actions.map(({ title, diagnostics }) => `${title} ${diagnostics?.length}`),
      [
        "Disable Tool 1",
        "Disable Tools and Prompts (all 2 of security/instruction-override)… 2",
        "Ignore security/instruction-override for This Tool 1",
        "Disable Tool 1",
        "Ignore security/instruction-override for This Tool 1",
      ],
    );
    equal(counts.text, 1);
    equal(counts.findings, 1);
  });
});

function storeOf(accountId: string): Store {
  const store = new Store(RESOURCES);
  store.addAccount({ id: accountId, name: "Account" });
  store.collection(accountId, "server").update((collection) => ({
    ...collection,
    items: new Map([[DOCS.id, newResource(DOCS)]]),
  }));
  return store;
}

function diagnosticOf({ rule, message }: Finding): vscode.Diagnostic {
  const diagnostic = new vscode.Diagnostic(new vscode.Range(0, 0, 0, 1), message);
  diagnostic.source = PROBLEMS_SOURCE;
  diagnostic.code = rule;
  return diagnostic;
}
