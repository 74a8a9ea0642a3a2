import * as vscode from "vscode";
import { FIX_COMMANDS, type FixCommandId } from "../../contributions.ts";
import { capabilityEdit } from "../../model/edits/edit.ts";
import { catalogueOf } from "../../model/server/catalogue.ts";
import { inertEntry } from "../../ui/inert.ts";
import { AccountNames } from "../../ui/problems/accountNames.ts";
import { type FindingRemedy, remediesOf } from "../../ui/problems/findingRemedies.ts";
import { type FixRequest, fixKind, isAbout, isRequest } from "../../ui/problems/requests.ts";
import type { App } from "../app.ts";
import { pickMany } from "../pick.ts";
import { saveEdits } from "../saving/saveEdits.ts";
import { changeable } from "../targets.ts";
import { fixAllOf } from "./fixAll.ts";
import { ignore } from "./ignored.ts";

const WRITING: ReadonlySet<FixCommandId> = new Set([
  FIX_COMMANDS.apply,
  FIX_COMMANDS.applyAll,
  FIX_COMMANDS.chooseDisabled,
]);

/** What a quick fix runs. It looks at the problem afresh: what it was made for may be gone. */
export function runFix(app: App, id: FixCommandId, request: unknown): unknown {
  if (!isRequest(request)) return undefined;
  const { accountId, serverId } = request;
  const target = { kind: "server", accountId, serverId } as const;
  if (WRITING.has(id) && changeable(app, [target]).length === 0) return undefined;
  switch (id) {
    case FIX_COMMANDS.apply:
      return applyFix(app, request);
    case FIX_COMMANDS.applyAll:
      return applyAll(app, request);
    case FIX_COMMANDS.chooseDisabled:
      return chooseDisabled(app, request);
    case FIX_COMMANDS.accept:
      return app.problems.accept(request, request.name);
    case FIX_COMMANDS.ignore:
      return ignore(request);
  }
}

async function applyAll(app: App, { accountId, rule, fix }: FixRequest): Promise<void> {
  const kind = fixKind(fix);
  if (kind !== undefined) await fixAllOf(app, [accountId], rule, kind);
}

async function applyFix(app: App, request: FixRequest): Promise<void> {
  const edit = remediesFor(app, request).find(({ fix }) => fix?.kind === request.fix)?.fix?.edit;
  const { accountId, serverId } = request;
  if (edit !== undefined) await saveEdits(app, [{ accountId, serverId, edit }], "fixed");
}

function remediesFor({ problems }: App, request: FixRequest): readonly FindingRemedy[] {
  const server = problems.server(request);
  if (server === undefined) return [];
  const findings = problems.of(request).filter((finding) => isAbout(request, finding));
  const names = new AccountNames(problems).of(request.accountId);
  const around = { server, names, clients: problems.settings.clients };
  return findings.flatMap((finding) => remediesOf(problems, request, finding, around));
}

async function chooseDisabled(app: App, request: FixRequest): Promise<void> {
  const server = app.problems.server(request);
  if (server === undefined) return;
  const tools = catalogueOf(server).tools.filter(({ enabled }) => enabled);
  const picked = await pickMany(
    tools.map(({ label, name, description }) =>
      inertEntry({ label, name, detail: description ?? "" }),
    ),
    { title: vscode.l10n.t("Disable which tools of {0}?", server.name) },
  );
  const edits = picked.map(({ name }) => ({ kind: "tool" as const, name, enabled: false }));
  const { accountId, serverId } = request;
  if (edits.length > 0) {
    await saveEdits(
      app,
      [{ accountId, serverId, edit: capabilityEdit(edits), seen: server }],
      "fixed",
    );
  }
}
