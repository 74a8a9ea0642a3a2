import * as vscode from "vscode";
import { FIX_COMMANDS, PROBLEMS_SOURCE, type ServerAddress } from "../../contributions.ts";
import type { Finding } from "../../model/checks/finding.ts";
import type { Surroundings } from "../../model/checks/fix.ts";
import { checkDocument } from "../../model/document/check.ts";
import { parseServerUri } from "../documents/uri.ts";
import { AccountNames } from "./accountNames.ts";
import type { Drafts } from "./drafts.ts";
import { type FindingRemedy, remediesOf, remedyKey } from "./findingRemedies.ts";
import { type CountSource, countFixes } from "./fixCounts.ts";
import { fixKindInWords } from "./fixKindWords.ts";
import { isHealth } from "./healthRemedies.ts";
import { type Located, locateAll } from "./located.ts";
import { type MistakenDocument, mistakeOffers } from "./mistakeOffers.ts";
import type { Offer } from "./offer.ts";
import type { Problems } from "./problems.ts";
import { isRefusedCode } from "./refused.ts";
import { refusedOffers } from "./refusedOffers.ts";
import { textFix } from "./textFix.ts";

/** What can be done at each of these problems. */
export function actionsAt(
  problems: ActionSource,
  drafts: Pick<Drafts, "server" | "findings">,
  document: vscode.TextDocument,
  diagnostics: readonly vscode.Diagnostic[],
): vscode.CodeAction[] {
  const own = diagnostics.filter(({ source }) => source === PROBLEMS_SOURCE);
  const address = parseServerUri(document.uri);
  const server = address && problems.server(address);
  if (own.length === 0 || address === undefined || server === undefined) return [];
  const place: Place = {
    document,
    address,
    located: locateAll(document.getText(), drafts.findings(document)),
    server,
    mistakes: document.isDirty ? checkDocument(document.getText(), server) : [],
    around: {
      server: drafts.server(document) ?? server,
      names: new AccountNames(problems).of(address.accountId),
      clients: problems.settings.clients,
    },
  };
  return once(
    own.flatMap((diagnostic) => [
      ...mistakeOffers(place, diagnostic),
      ...actionsOf(problems, place, diagnostic),
    ]),
  );
}

export type ActionSource = CountSource & Pick<Problems, "isReadOnly">;

/** A document with what is known of it, for all of its problems. */
interface Place extends MistakenDocument {
  readonly address: ServerAddress;
  readonly located: readonly Located[];
  /** As the document has it. */
  readonly around: Surroundings;
}

/** What helps against several problems stands there once, for all of them. */
function once(offers: readonly Offer[]): vscode.CodeAction[] {
  const actions = new Map<string, vscode.CodeAction>();
  for (const { key, action } of offers) {
    const known = actions.get(key);
    if (known === undefined) actions.set(key, action);
    else known.diagnostics = [...(known.diagnostics ?? []), ...(action.diagnostics ?? [])];
  }
  return [...actions.values()];
}

function actionsOf(
  problems: ActionSource,
  place: Place,
  diagnostic: vscode.Diagnostic,
): readonly Offer[] {
  const { document, address, around } = place;
  const finding = findingAt(place, diagnostic);
  if (finding === undefined) return [];
  if (isRefusedCode(finding.rule) && document.isDirty) {
    return refusedOffers(place, finding, diagnostic);
  }
  const remedies = remediesOf(problems, address, finding, around);
  const offers = remedies.map((remedy) => ({
    key: remedyKey(remedy),
    action: actionOf(document, remedy, diagnostic),
  }));
  const [first] = remedies;
  const isPreferred = first?.fix !== undefined || isHealth(finding);
  if (isPreferred && offers[0] !== undefined) offers[0].action.isPreferred = true;
  const all = document.isDirty ? [] : allOfAKind(problems, address, remedies, diagnostic);
  return [...offers.slice(0, -1), ...all, ...offers.slice(-1)];
}

function actionOf(
  document: vscode.TextDocument,
  { title, command, arguments: given, fix }: FindingRemedy,
  diagnostic: vscode.Diagnostic,
): vscode.CodeAction {
  const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
  action.diagnostics = [diagnostic];
  // An edit of the engine would be lost on somebody who is about to save another one.
  if (fix !== undefined && document.isDirty) action.edit = textFix(document, fix.edit);
  else action.command = { title, command, arguments: [...given] };
  return action;
}

function allOfAKind(
  problems: ActionSource,
  { accountId }: ServerAddress,
  remedies: readonly FindingRemedy[],
  diagnostic: vscode.Diagnostic,
): readonly Offer[] {
  return remedies.flatMap(({ fix, request }) => {
    const count = fix && countFixes(problems, accountId, request.rule, fix.kind);
    if (fix === undefined || count === undefined || count < 2) return [];
    const title = vscode.l10n.t(
      "{0} (all {1} of {2})…",
      fixKindInWords(fix.kind),
      count,
      request.rule,
    );
    const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
    action.diagnostics = [diagnostic];
    action.command = { title, command: FIX_COMMANDS.applyAll, arguments: [request] };
    return [{ key: title, action }];
  });
}

/** The finding that a diagnostic was made of: VS Code hands out copies of what it was given. */
function findingAt(
  { document, located }: Place,
  { code, range, message }: vscode.Diagnostic,
): Finding | undefined {
  const rule = typeof code === "object" ? code.value : code;
  const same = located.filter(
    ({ finding }) => finding.rule === rule && finding.message === message,
  );
  const offset = document.offsetAt(range.start);
  // Right after a write the editor still has the text from before, and offsets may differ.
  const found = same.length === 1 ? same[0] : same.find(({ span }) => span.offset === offset);
  return found?.finding;
}
