import * as vscode from "vscode";
import { memoize } from "../../base/memo.ts";
import { Pages } from "../../editor/pages.ts";
import { PAGES } from "../../manifest.ts";
import { type ReachSubject, readSubject, readToExtension } from "../../pages/reach/protocol.ts";
import type { CommandArguments, Row } from "../../target.ts";
import type { AppContext } from "../app.ts";
import { portalTargets } from "../targets/index.ts";
import { ReachContent } from "./reachContent.ts";

/** The pages of a window. */
export const reachPages = memoize(
  (app: AppContext) =>
    new Pages(
      {
        viewType: PAGES.reach,
        folder: "reach",
        readSubject,
        readMessage: readToExtension,
        contentOf: (subject) => new ReachContent(app, subject),
      },
      app.extensionUri,
    ),
);

/** Opens the page of why users don't see a portal, one of its servers or a tool. */
export async function explain(app: AppContext, args: CommandArguments): Promise<void> {
  const subjects = args.rows?.flatMap(subjectOf) ?? (await askSubject(app, args));
  for (const subject of subjects) {
    reachPages(app).show(subject);
  }
}

async function askSubject(
  app: AppContext,
  args: CommandArguments,
): Promise<readonly ReachSubject[]> {
  return portalTargets(app, args, {
    title: vscode.l10n.t("Which portal can't they see?"),
    many: false,
  });
}

/** None for a row that isn't in a portal. */
function subjectOf(row: Row): readonly ReachSubject[] {
  if (!("portalId" in row) || row.portalId === undefined) {
    return [];
  }
  const { accountId, portalId } = row;
  switch (row.kind) {
    case "portal":
      return [{ accountId, portalId }];
    case "mapping":
    case "group":
      return [{ accountId, portalId, serverId: row.serverId }];
    case "tool":
    case "prompt": {
      const { kind, name, serverId } = row;
      return [{ accountId, portalId, serverId, tool: { kind, name } }];
    }
  }
}
