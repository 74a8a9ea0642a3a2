import type * as vscode from "vscode";
import type { AccountChecker } from "../../domain/checks/checkAccount.ts";
import type { Finding } from "../../domain/checks/finding.ts";
import { documentChanges } from "../../domain/documents/changes.ts";
import { serverDocument } from "../../domain/documents/serverDocument.ts";
import { withValues } from "../../domain/servers/fields.ts";
import type { Server } from "../../domain/servers/server.ts";
import { findServer } from "../../engine/state.ts";
import type { ReadonlyStore } from "../../engine/store.ts";
import { parseServerUri } from "../documents/index.ts";
import type { Rules } from "./accountChecks.ts";
import type { Findings } from "./findings.ts";

/** The result of checking a document, with its inputs. */
interface Draft {
  readonly version: number;
  readonly checked: object;
  readonly server: Server | undefined;
  readonly findings: readonly Finding[];
}

const NOTHING = { server: undefined, findings: [] };

/** The problems that a document would have if it were saved now. */
export class Drafts {
  readonly #store: ReadonlyStore;
  readonly #findings: Findings;
  readonly #rules: Rules;
  /**
   * One checker for each account. Other documents must not see a draft, so it isn't in the shared
   * indexes.
   */
  readonly #checkers = new Map<string, AccountChecker>();
  readonly #preparing = new Set<AccountChecker>();
  /** Memoized, because VS Code asks for actions at every move of the cursor. */
  readonly #remembered = new WeakMap<vscode.TextDocument, Draft>();

  constructor(store: ReadonlyStore, findings: Findings, rules: Rules) {
    this.#store = store;
    this.#findings = findings;
    this.#rules = rules;
  }

  findings(document: vscode.TextDocument): readonly Finding[] {
    return this.#draftOf(document).findings;
  }

  /** The server as the document describes it. */
  server(document: vscode.TextDocument): Server | undefined {
    return this.#draftOf(document).server;
  }

  /** Fills the indexes when the person begins to type, before the first pause needs them. */
  prepare({ uri }: vscode.TextDocument): void {
    const accountId = parseServerUri(uri)?.accountId;
    if (accountId === undefined || this.#checkers.has(accountId)) {
      return;
    }
    const checker = this.#checker(accountId);
    if (checker === undefined) {
      return;
    }
    this.#preparing.add(checker);
    this.#findings.warmUp(checker, accountId, () => this.#preparing.has(checker));
  }

  /** Frees the indexes when no document has unsaved changes. */
  forget(): void {
    this.#checkers.clear();
    this.#preparing.clear();
  }

  #draftOf(document: vscode.TextDocument): Pick<Draft, "server" | "findings"> {
    const address = parseServerUri(document.uri);
    const server =
      address && findServer(this.#store.state, address.accountId, address.serverId)?.optimistic;
    if (address === undefined || server === undefined) {
      return NOTHING;
    }
    if (!document.isDirty) {
      return { server, findings: this.#findings.of(address) };
    }
    const { version } = document;
    const { checked } = this.#findings;
    const known = this.#remembered.get(document);
    if (known?.version === version && known.checked === checked) {
      return known;
    }
    const seen = serverDocument(server);
    const changes = documentChanges(seen, seen.text, document.getText());
    const draft = withValues(server, changes);
    const findings = this.#findingsOf(address.accountId, draft);
    const made = { version, checked, server: draft, findings };
    this.#remembered.set(document, made);
    return made;
  }

  #findingsOf(accountId: string, draft: Server): readonly Finding[] {
    const checker = this.#checker(accountId);
    if (checker === undefined) {
      return this.#findings.of({ accountId, serverId: draft.id });
    }
    this.#preparing.delete(checker);
    return this.#findings.ofDraft(checker, accountId, draft);
  }

  #checker(accountId: string): AccountChecker | undefined {
    const checker = this.#checkers.get(accountId) ?? this.#rules.checker();
    if (checker !== undefined) {
      this.#checkers.set(accountId, checker);
    }
    return checker;
  }
}
