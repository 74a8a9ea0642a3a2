import * as vscode from "vscode";
import type { Ref } from "../../domain/changes/change.ts";
import { PORTAL } from "../../domain/portals/portal.ts";
import type { CostSubject } from "../../pages/cost/protocol.ts";
import type { CommandArguments, Row } from "../../target.ts";
import { pickResource } from "../resources/index.ts";
import type { CostContext } from "./costContent.ts";
import { costPages } from "./costPage.ts";

/** Opens the picture of what a portal, a server or an account costs in each request to a model. */
export async function showCost(app: CostContext, args: CommandArguments): Promise<void> {
  const subjects = args.rows?.map(subjectOf) ?? (await askSubject(app, args));
  for (const subject of subjects) {
    costPages(app).show(subject);
  }
}

/** A row below a portal or a server stands for it. */
function subjectOf(row: Row): CostSubject {
  const { accountId } = row;
  switch (row.kind) {
    case "account":
      return { kind: "account", accountId };
    case "portal":
      return { kind: "portal", accountId, portalId: row.portalId };
    default: {
      const portalId = "portalId" in row ? row.portalId : undefined;
      return portalId === undefined
        ? { kind: "server", accountId, serverId: row.serverId }
        : { kind: "portal", accountId, portalId };
    }
  }
}

async function askSubject(
  app: CostContext,
  { accountIds }: CommandArguments,
): Promise<readonly CostSubject[]> {
  const ref = await pickResource(app, accountIds, vscode.l10n.t("Show the context cost of what?"));
  return ref === undefined ? [] : [subjectOfRef(ref)];
}

function subjectOfRef({ accountId, kind, id }: Ref): CostSubject {
  return kind === PORTAL
    ? { kind: "portal", accountId, portalId: id }
    : { kind: "server", accountId, serverId: id };
}
