import type * as vscode from "vscode";
import type { FieldValue, Ref } from "../../domain/changes/change.ts";
import type { AccountChecker } from "../../domain/checks/checkAccount.ts";
import type { Finding } from "../../domain/checks/finding.ts";
import type { ResourceDocument } from "../../domain/documents/resourceDocument.ts";
import { blankPortal } from "../../domain/files/newResources.ts";
import { PORTAL_FIELDS } from "../../domain/portals/fields.ts";
import { PORTAL, type Portal } from "../../domain/portals/portal.ts";
import { withValues } from "../../domain/servers/fields.ts";
import type { Server } from "../../domain/servers/server.ts";
import { findPortal, findServer, type State } from "../../engine/state.ts";
import type { ReadonlyStore } from "../../engine/store.ts";
import { type DescribedTexts, OUR_DOCUMENTS } from "../documents/index.ts";
import type { Findings } from "./findings.ts";
import type { Rules } from "./rules.ts";

/** The result of checking a document, with its inputs. */
interface Draft {
  readonly version: number;
  readonly checked: object;
  readonly seen: ResourceDocument;
  readonly resource: DraftedResource | undefined;
  readonly findings: readonly Finding[];
}

/** What a document describes. */
export type DraftedResource =
  | { readonly kind: "server"; readonly server: Server }
  | { readonly kind: "portal"; readonly portal: Portal };

const NOTHING = { resource: undefined, findings: [] };

/** The problems that a document would have if it were saved now. */
export class Drafts {
  readonly #store: ReadonlyStore;
  readonly #findings: Findings;
  readonly #rules: Rules;
  readonly #texts: DescribedTexts;
  /**
   * One checker for each account. Other documents must not see a draft, so it isn't in the shared
   * indexes.
   */
  readonly #checkers = new Map<string, AccountChecker>();
  readonly #preparing = new Set<AccountChecker>();
  /** Memoized, because VS Code asks for actions at every move of the cursor. */
  readonly #remembered = new WeakMap<vscode.TextDocument, Draft>();

  constructor(
    store: ReadonlyStore,
    findings: Findings,
    rules: Rules,
    texts: DescribedTexts = OUR_DOCUMENTS,
  ) {
    this.#texts = texts;
    this.#store = store;
    this.#findings = findings;
    this.#rules = rules;
  }

  findings(document: vscode.TextDocument): readonly Finding[] {
    return this.#draftOf(document).findings;
  }

  /** The server or portal as the document describes it. */
  resource(document: vscode.TextDocument): DraftedResource | undefined {
    return this.#draftOf(document).resource;
  }

  /** Fills the indexes when the person begins to type, before the first pause needs them. */
  prepare(document: vscode.TextDocument): void {
    const ref = this.#texts.describe(this.#store.state, document)?.ref;
    // The checks of a portal have no indexes to fill.
    if (ref === undefined || ref.kind === PORTAL || this.#checkers.has(ref.accountId)) {
      return;
    }
    const { accountId } = ref;
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

  #draftOf(document: vscode.TextDocument): Pick<Draft, "resource" | "findings"> {
    const { state } = this.#store;
    const described = this.#texts.describe(state, document);
    const resource = described && resourceOf(state, described.ref);
    if (described === undefined || resource === undefined) {
      return NOTHING;
    }
    const { ref, document: seen } = described;
    if (!described.isDraft) {
      return { resource, findings: this.#findings.ofResource(ref) };
    }
    const { version } = document;
    const { checked } = this.#findings;
    const known = this.#remembered.get(document);
    if (known?.version === version && known.checked === checked && known.seen === seen) {
      return known;
    }
    const changes = described.changes(document.getText());
    const draft = withValuesOf(resource, changes);
    const findings =
      changes.length === 0 ? this.#findings.ofResource(ref) : this.#findingsOf(ref, draft);
    const made = { version, checked, seen, resource: draft, findings };
    this.#remembered.set(document, made);
    return made;
  }

  #findingsOf(ref: Ref, draft: DraftedResource): readonly Finding[] {
    const { accountId } = ref;
    if (draft.kind === "portal") {
      return this.#findings.ofPortalDraft(accountId, draft.portal);
    }
    const checker = this.#checker(accountId);
    if (checker === undefined) {
      return this.#findings.ofResource(ref);
    }
    this.#preparing.delete(checker);
    return this.#findings.ofDraft(checker, accountId, draft.server);
  }

  #checker(accountId: string): AccountChecker | undefined {
    const checker = this.#checkers.get(accountId) ?? this.#rules.checker();
    if (checker !== undefined) {
      this.#checkers.set(accountId, checker);
    }
    return checker;
  }
}

function resourceOf(state: State, { accountId, kind, id }: Ref): DraftedResource | undefined {
  if (kind === PORTAL) {
    const portal = findPortal(state, { accountId, portalId: id })?.optimistic;
    // A file may describe a portal that is to be made. Of a server nothing would be known to check.
    return { kind: "portal", portal: portal ?? blankPortal(id, "") };
  }
  const server = findServer(state, accountId, id)?.optimistic;
  return server && { kind: "server", server };
}

function withValuesOf(resource: DraftedResource, values: readonly FieldValue[]): DraftedResource {
  return resource.kind === "portal"
    ? { kind: "portal", portal: PORTAL_FIELDS.set(resource.portal, values) }
    : { kind: "server", server: withValues(resource.server, values) };
}
