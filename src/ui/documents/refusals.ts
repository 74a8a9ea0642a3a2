import * as vscode from "vscode";
import { PROBLEMS_SOURCE } from "../../contributions.ts";
import { placesIn, serverDocument } from "../../model/document.ts";
import type { Refusal } from "../../model/refusal.ts";
import type { ServerState, State } from "../../store/state.ts";
import type { ReadonlyStore } from "../../store/store.ts";
import { positionsIn } from "./positions.ts";
import { serverUri } from "./uri.ts";

/** What Cloudflare refused of the last write, on the property that it named. */
export function trackRefusals(store: ReadonlyStore): readonly vscode.Disposable[] {
  const collection = vscode.languages.createDiagnosticCollection("mcpPortals.refused");
  let shown: ReadonlyMap<string, readonly Refusal[]> = new Map();
  const track = (state: State): void => {
    const now = refusedServers(state);
    for (const key of shown.keys()) if (!now.has(key)) collection.delete(vscode.Uri.parse(key));
    for (const [key, server] of now) {
      if (shown.get(key) === server.refusals) continue;
      const uri = vscode.Uri.parse(key);
      collection.set(uri, diagnosticsOf(textOf(uri, server), server.refusals));
    }
    shown = new Map([...now].map(([key, { refusals }]) => [key, refusals]));
  };
  track(store.state);
  return [collection, store.onDidChange(track)];
}

function refusedServers({ accounts }: State): ReadonlyMap<string, ServerState> {
  return new Map(
    [...accounts.values()].flatMap(({ account, servers }) =>
      [...servers.values()]
        .filter(({ refusals }) => refusals.length > 0)
        .map((server) => [serverUri(account.id, server.truth.id).toString(), server] as const),
    ),
  );
}

/** What was refused stands in the document that was to be saved, if that is where it came from. */
function textOf(uri: vscode.Uri, { server }: ServerState): string {
  const open = vscode.workspace.textDocuments.find(
    (document) => document.uri.toString() === uri.toString(),
  );
  return open?.getText() ?? serverDocument(server);
}

function diagnosticsOf(text: string, refusals: readonly Refusal[]): readonly vscode.Diagnostic[] {
  const position = positionsIn(text);
  const places = placesIn(text);
  return refusals.map(({ code, message, path }) => {
    const { offset, length } = places.key(path) ?? { offset: 0, length: 1 };
    const range = new vscode.Range(position(offset), position(offset + length));
    const diagnostic = new vscode.Diagnostic(range, message, vscode.DiagnosticSeverity.Error);
    diagnostic.source = PROBLEMS_SOURCE;
    diagnostic.code = `api/${code ?? 0}`;
    return diagnostic;
  });
}
