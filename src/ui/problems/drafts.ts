import type * as vscode from "vscode";
import type { AccountChecker } from "../../model/checks/checker.ts";
import type { Finding } from "../../model/checks/finding.ts";
import { serverDocument } from "../../model/document.ts";
import { documentChanges } from "../../model/documentChanges.ts";
import { applyEdit } from "../../model/edit.ts";
import type { Server } from "../../model/server.ts";
import { parseServerUri } from "../documents/uri.ts";
import type { Problems } from "./problems.ts";
import type { Rules } from "./rules.ts";

/** What a document's problems would be if it were saved as it stands. */
export class Drafts {
  readonly #problems: Problems;
  readonly #rules: Rules;
  /** Indexes of their own, an account each: a draft is nothing that other documents know of. */
  readonly #checkers = new Map<string, AccountChecker>();

  constructor(problems: Problems, rules: Rules) {
    this.#problems = problems;
    this.#rules = rules;
  }

  findings(document: vscode.TextDocument): readonly Finding[] {
    const address = parseServerUri(document.uri);
    const draft = address && this.server(document);
    if (address === undefined || draft === undefined) return [];
    const checker = document.isDirty ? this.#checker(address.accountId) : undefined;
    if (checker === undefined) return this.#problems.of(address);
    return this.#problems.ofDraft(checker, address.accountId, draft);
  }

  /** The server as the document has it. */
  server(document: vscode.TextDocument): Server | undefined {
    const address = parseServerUri(document.uri);
    const server = address && this.#problems.server(address);
    if (server === undefined || !document.isDirty) return server;
    return applyEdit(server, documentChanges(serverDocument(server), document.getText()));
  }

  /** Nothing is being written: the indexes aren't needed any more. */
  forget(): void {
    this.#checkers.clear();
  }

  #checker(accountId: string): AccountChecker | undefined {
    const checker = this.#checkers.get(accountId) ?? this.#rules.checker();
    if (checker !== undefined) this.#checkers.set(accountId, checker);
    return checker;
  }
}
