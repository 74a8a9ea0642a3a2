import type * as vscode from "vscode";
import type { AccountChecker } from "../../domain/checks/checkAccount.ts";
import type { Finding } from "../../domain/checks/finding.ts";
import { documentChanges } from "../../domain/documents/check.ts";
import { serverDocument } from "../../domain/documents/serverDocument.ts";
import { withValues } from "../../domain/servers/fields.ts";
import type { Server } from "../../domain/servers/server.ts";
import { parseServerUri } from "../documents/index.ts";
import type { Rules } from "./accountChecks.ts";
import type { Findings } from "./findings.ts";

/** A document as it was looked at, and what it was compared with. */
interface Draft {
  readonly version: number;
  readonly checked: object;
  readonly server: Server | undefined;
  readonly findings: readonly Finding[];
}

const NOTHING = { server: undefined, findings: [] };

/** What a document's problems would be if it were saved as it stands. */
export class Drafts {
  readonly #problems: Findings;
  readonly #rules: Rules;
  /** Indexes of their own, an account each: a draft is nothing that other documents know of. */
  readonly #checkers = new Map<string, AccountChecker>();
  readonly #preparing = new Set<AccountChecker>();
  /** VS Code asks for what can be done at every step of the cursor. */
  readonly #remembered = new WeakMap<vscode.TextDocument, Draft>();

  constructor(problems: Findings, rules: Rules) {
    this.#problems = problems;
    this.#rules = rules;
  }

  findings(document: vscode.TextDocument): readonly Finding[] {
    return this.#look(document).findings;
  }

  /** The server as the document has it. */
  server(document: vscode.TextDocument): Server | undefined {
    return this.#look(document).server;
  }

  /** Somebody has begun to write: until they pause, there is time to fill the indexes. */
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
    this.#problems.acquaint(checker, accountId, () => this.#preparing.has(checker));
  }

  /** Nothing is being written: the indexes aren't needed any more. */
  forget(): void {
    this.#checkers.clear();
    this.#preparing.clear();
  }

  #look(document: vscode.TextDocument): Pick<Draft, "server" | "findings"> {
    const address = parseServerUri(document.uri);
    const server = address && this.#problems.server(address);
    if (address === undefined || server === undefined) {
      return NOTHING;
    }
    if (!document.isDirty) {
      return { server, findings: this.#problems.of(address) };
    }
    const { version } = document;
    const { checked } = this.#problems;
    const known = this.#remembered.get(document);
    if (known?.version === version && known.checked === checked) {
      return known;
    }
    const changes = documentChanges(serverDocument(server), document.getText());
    const draft = withValues(server, changes);
    const findings = this.#findingsOf(address.accountId, draft);
    const made = { version, checked, server: draft, findings };
    this.#remembered.set(document, made);
    return made;
  }

  #findingsOf(accountId: string, draft: Server): readonly Finding[] {
    const checker = this.#checker(accountId);
    if (checker === undefined) {
      return this.#problems.of({ accountId, serverId: draft.id });
    }
    this.#preparing.delete(checker);
    return this.#problems.ofDraft(checker, accountId, draft);
  }

  #checker(accountId: string): AccountChecker | undefined {
    const checker = this.#checkers.get(accountId) ?? this.#rules.checker();
    if (checker !== undefined) {
      this.#checkers.set(accountId, checker);
    }
    return checker;
  }
}
