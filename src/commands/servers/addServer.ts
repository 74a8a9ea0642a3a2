import * as vscode from "vscode";
import type { CommandArguments, ServerTarget } from "../../contributions.ts";
import { readNewServer } from "../../model/server/newServerText.ts";
import type { Server } from "../../model/server/server.ts";
import type { Session } from "../../store/session.ts";
import { findServer, shownAccounts } from "../../store/state.ts";
import { askForm } from "../../ui/forms/steps.ts";
import { inertEntry } from "../../ui/inert.ts";
import { sayError, sayInformation } from "../../ui/say.ts";
import type { App } from "../app.ts";
import { syncTargets } from "../syncs/sync.ts";
import { changeable } from "../targets.ts";
import { authenticateInDashboard } from "../upstream/authentication.ts";
import { type Key, plainSteps } from "./addServerSteps.ts";
import { type Add, authenticationStep, credentialStep } from "./addServerWays.ts";

/** Registers a server, then syncs it. A script gives the body of the POST as JSON. */
export async function addServer(app: App, args: CommandArguments): Promise<void> {
  const session = await sessionFor(app, args);
  if (session === undefined) return;
  const created =
    args.text === undefined
      ? await askNewServer(takenIds(app, session), (server) => session.roster.add(server))
      : await addGiven(app, session, args.text, () => addServer(app, args));
  if (created === undefined) return;
  const target: ServerTarget = {
    kind: "server",
    accountId: session.account.id,
    serverId: created.id,
  };
  await show(app, target);
}

/** The last question sends, and stays open when Cloudflare refuses. */
function askNewServer(taken: ReadonlySet<string>, add: Add): Promise<Server | undefined> {
  return askForm<Key, Server>([...plainSteps(taken), authenticationStep(add), credentialStep(add)]);
}

/** The first sync says whether the server is what it was taken for. */
async function show(app: App, target: ServerTarget): Promise<void> {
  const { accountId, serverId } = target;
  await app.tree.reveal(target);
  await syncTargets(app, [target]);
  const server = findServer(app.store.state, accountId, serverId)?.server;
  if (server?.authenticationStatus === "required" && server.status !== "ready") {
    await offerAuthentication(app, target, server);
  }
}

async function offerAuthentication(app: App, target: ServerTarget, server: Server): Promise<void> {
  const open = vscode.l10n.t("Authenticate in the dashboard");
  const chosen = await sayInformation(
    vscode.l10n.t("{0} was added. An administrator has to authenticate it.", server.name),
    open,
  );
  if (chosen === open) await authenticateInDashboard(app, target);
}

async function sessionFor(app: App, { rows = [] }: CommandArguments): Promise<Session | undefined> {
  const shown = shownAccounts(app.store.state).map(({ account }) => account);
  const named = shown.filter(({ id }) => rows.some(({ accountId }) => accountId === id));
  const accounts = named.length > 0 ? named : shown;
  const rowsOf = accounts.map(({ id }) => ({ kind: "account", accountId: id }) as const);
  const ids = changeable(app, rowsOf).map(({ accountId }) => accountId);
  const [only, second] = ids;
  if (second === undefined) return only === undefined ? undefined : app.sessions.get(only);
  const picked = await vscode.window.showQuickPick(
    accounts
      .filter(({ id }) => ids.includes(id))
      .map(({ id, name }) => inertEntry({ label: name, description: id, id })),
    { title: vscode.l10n.t("Add a server to which account?"), matchOnDescription: true },
  );
  return picked && app.sessions.get(picked.id);
}

async function addGiven(
  app: App,
  session: Session,
  text: string,
  again: () => unknown,
): Promise<Server | undefined> {
  const read = readNewServer(text, takenIds(app, session));
  if ("problem" in read) {
    void sayError(read.problem);
    return undefined;
  }
  try {
    return await session.roster.add(read.server);
  } catch (error) {
    const what = vscode.l10n.t("{0} wasn't added.", read.server.name);
    void app.reporter.failed(what, error, again);
    return undefined;
  }
}

function takenIds(app: App, session: Session): ReadonlySet<string> {
  return new Set(app.store.state.accounts.get(session.account.id)?.servers.keys());
}
