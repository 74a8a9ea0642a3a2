import * as vscode from "vscode";
import { definitionText } from "../../domain/catalogue/definitionText.ts";
import { ALL_CLIENTS } from "../../domain/clients/allClients.ts";
import { type Delivered, deliveredDefinition } from "../../domain/clients/deliver.ts";
import { exposedDefinition } from "../../domain/clients/exposedDefinition.ts";
import { VirtualDocuments } from "../../editor/virtualDocuments.ts";
import type { State } from "../../engine/state.ts";
import { DELIVERED_SCHEME } from "../../manifest.ts";
import type { ClientsSubject } from "../../pages/clients/protocol.ts";
import type { AppContext } from "../app.ts";
import { type DeliveredAddress, deliveredUri, parseDeliveredUri } from "./deliveredUri.ts";
import { findDelivered } from "./details.ts";
import { type Exposure, findExposure } from "./subject.ts";

/** Opens VS Code's diff of a definition: as it is exposed, and as a client has it. */
export async function compareDelivered(
  exposure: Exposure,
  subject: ClientsSubject,
  { row, client: clientId }: Pick<DeliveredAddress, "row" | "client">,
): Promise<void> {
  const client = ALL_CLIENTS.find(({ id }) => id === clientId);
  const item = client && findDelivered(exposure, client, row);
  if (item === undefined) {
    return;
  }
  const name = item.shown.exposedName;
  const uriOf = (side: DeliveredAddress["side"]) =>
    deliveredUri(item.shown, { subject, row, client: clientId, side });
  const title = vscode.l10n.t({
    message: "{0} ↔ {1}",
    args: [name, client?.name ?? ""],
    comment: ["A tool's definition as it is exposed, and in a client"],
  });
  await vscode.commands.executeCommand("vscode.diff", uriOf("before"), uriOf("after"), title);
}

/** The texts of these definitions, which follow what the account exposes. */
export function deliveredDocuments({ store }: AppContext): vscode.TextDocumentContentProvider {
  return new VirtualDocuments(
    {
      scheme: DELIVERED_SCHEME,
      sourceOf: (state: State, uri) => {
        const address = parseDeliveredUri(uri);
        return address && findExposure(state, address.subject)?.list;
      },
      textOf: (_list, uri) => deliveredText(store.state, uri),
    },
    {
      get current() {
        return store.state;
      },
      onDidChange: (listener) => store.onDidChange(listener),
    },
  );
}

function deliveredText(state: State, uri: vscode.Uri): string {
  const address = parseDeliveredUri(uri);
  const item = address && findItem(state, address);
  if (item === undefined) {
    // JSON too, so that the editor doesn't mark the sentence as an error.
    return definitionText(vscode.l10n.t("Clients don't get it any more."));
  }
  return definitionText(
    address?.side === "before" ? exposedDefinition(item.shown) : deliveredDefinition(item),
  );
}

function findItem(state: State, { subject, row, client }: DeliveredAddress): Delivered | undefined {
  const exposure = findExposure(state, subject);
  const found = ALL_CLIENTS.find(({ id }) => id === client);
  return exposure && found && findDelivered(exposure, found, row);
}
