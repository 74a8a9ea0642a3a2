import * as vscode from "vscode";
import { PORTAL } from "../../domain/portals/portal.ts";
import type { ClientsSubject, ToPage } from "../../pages/clients/protocol.ts";
import type { CommandArguments, Row } from "../../target.ts";
import type { AppContext } from "../app.ts";
import { pickResource } from "../resources/index.ts";
import { findCapability, serverName } from "../targets/index.ts";
import { clientsPages } from "./clientsPage.ts";

/** What the page is about, and what it is narrowed to. */
interface Shown {
  readonly subject: ClientsSubject;
  readonly search?: string | undefined;
}

/**
 * Opens the page of what each client gets of a portal or a server. A row below them narrows it to
 * itself.
 */
export async function showClients(app: AppContext, args: CommandArguments): Promise<void> {
  const [row] = args.rows ?? [];
  const shown = args.rows === undefined ? await askSubject(app, args) : row && shownFor(app, row);
  if (shown === undefined) {
    return;
  }
  const { subject, search } = shown;
  const message: ToPage | undefined = search === undefined ? undefined : { type: "reveal", search };
  clientsPages(app).show(subject, message);
}

async function askSubject(
  app: AppContext,
  { accountIds }: CommandArguments,
): Promise<Shown | undefined> {
  const ref = await pickResource(app, accountIds, vscode.l10n.t("Show what clients get of what?"));
  if (ref === undefined) {
    return undefined;
  }
  const { accountId, kind, id } = ref;
  const subject = kind === PORTAL ? { accountId, portalId: id } : { accountId, serverId: id };
  return { subject };
}

function shownFor(app: AppContext, row: Row): Shown | undefined {
  if (row.kind === "account") {
    return undefined;
  }
  const { accountId } = row;
  if (row.kind === "portal") {
    return { subject: { accountId, portalId: row.portalId } };
  }
  const { serverId } = row;
  const portalId = "portalId" in row ? row.portalId : undefined;
  const subject = portalId === undefined ? { accountId, serverId } : { accountId, portalId };
  switch (row.kind) {
    case "server":
    case "group":
      return { subject };
    case "mapping":
      return { subject, search: serverName(app, accountId, serverId) };
    case "tool":
    case "prompt":
      return { subject, search: findCapability(app, row)?.shown.exposedName };
  }
}
