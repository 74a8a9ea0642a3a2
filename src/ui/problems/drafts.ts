import type * as vscode from "vscode";
import { AccountChecker } from "../../model/checks/checker.ts";
import type { Finding } from "../../model/checks/finding.ts";
import { serverDocument } from "../../model/document.ts";
import { documentChanges } from "../../model/documentChanges.ts";
import { applyEdit } from "../../model/edit.ts";
import type { Server } from "../../model/server.ts";
import { parseServerUri } from "../documents/uri.ts";
import type { Problems } from "./problems.ts";

/** What a document's problems would be if it were saved as it stands. */
export class Drafts {
  readonly #problems: Problems;
  /** Indexes of their own, an account each: a draft is nothing that other documents know of. */
  readonly #checkers = new Map<string, AccountChecker>();

  constructor(problems: Problems) {
    this.#problems = problems;
  }

  findings(document: vscode.TextDocument): readonly Finding[] {
    const address = parseServerUri(document.uri);
    const draft = address && this.server(document);
    if (address === undefined || draft === undefined) return [];
    if (!document.isDirty) return this.#problems.of(address);
    return this.#problems.ofDraft(this.#checker(address.accountId), address.accountId, draft);
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

  #checker(accountId: string): AccountChecker {
    const checker = this.#checkers.get(accountId) ?? new AccountChecker();
    this.#checkers.set(accountId, checker);
    return checker;
  }
}
