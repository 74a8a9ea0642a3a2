import * as vscode from "vscode";
import { reasonOf } from "../../domain/diagnosis/apiErrors.ts";
import {
  readNewServer,
  serverIdProblem,
  serverIdWarning,
  serverNameProblem,
  serverUrlProblem,
  suggestServerId,
} from "../../domain/servers/newServer.ts";
import type { NewServer, Server } from "../../domain/servers/server.ts";
import { serverKind } from "../../domain/servers/serverKind.ts";
import { escapeItem } from "../../editor/escape.ts";
import { checkedPick } from "../../editor/inputs.ts";
import { Answer, askForm, type BACK, type MultiStepInput } from "../../editor/multiStepInput.ts";
import { notifyError, notifyInformation } from "../../editor/notifications.ts";
import type { Session } from "../../engine/session.ts";
import { findServer, serversOf } from "../../engine/state.ts";
import type { CommandArguments, ServerTarget } from "../../target.ts";
import { syncTargets } from "../sync/index.ts";
import { askCredentials } from "./askCredentials.ts";
import { authenticateInDashboard } from "./authentication.ts";
import { type CredentialForm, nothingTyped } from "./credentialForm.ts";
import type { ServersContext } from "./view.ts";

/** Registers a server and syncs it. A script gives the body of the POST as JSON. */
export async function addServer(app: ServersContext, args: CommandArguments): Promise<void> {
  const session = await sessionFor(app, args);
  if (session === undefined) {
    return;
  }
  const created =
    args.text === undefined
      ? await askNewServer(takenIds(app, session), (server) =>
          session.operations(serverKind).create(server),
        )
      : await addGiven(app, session, args.text, () => addServer(app, args));
  if (created === undefined) {
    return;
  }
  const target: ServerTarget = {
    kind: "server",
    accountId: session.account.id,
    serverId: created.id,
  };
  await show(app, target);
}

/** The last question sends the request. It stays open when Cloudflare refuses. */
function askNewServer(taken: ReadonlySet<string>, add: Add): Promise<Server | undefined> {
  const answers = {
    name: new Answer<string>(),
    id: new Answer<string>(),
    hostname: new Answer<string>(),
    authentication: new Answer<CredentialMethod | Server>(),
  };
  const form = credentialForm();
  return askForm(async (input) => {
    input.expect(5);
    const name = await input.text(answers.name, {
      title: title(),
      prompt: vscode.l10n.t("Name, as people see it"),
      problem: serverNameProblem,
    });
    const id = await input.text(answers.id, {
      title: title(),
      prompt: vscode.l10n.t(
        "Id: portals put it before the names of its tools, and it can't be changed later",
      ),
      value: suggestServerId(name, taken),
      problem: (text) => serverIdProblem(text, taken),
      warning: serverIdWarning,
    });
    const hostname = await input.text(answers.hostname, {
      title: title(),
      prompt: vscode.l10n.t("URL of the MCP server; it can't be changed later"),
      placeholder: "https://docs.example.com/mcp",
      problem: serverUrlProblem,
    });
    const server = { id, name, hostname };
    const chosen = await askAuthentication(input, answers.authentication, (method) =>
      add({ ...server, auth_type: authType(method) }),
    );
    return typeof chosen === "string"
      ? askCredentials(input, chosen, form, (credentials) =>
          add({ ...server, auth_type: authType(chosen), ...credentials }),
        )
      : chosen;
  });
}

/** Shows the new server and syncs it, which shows whether the registration is right. */
async function show(app: ServersContext, target: ServerTarget): Promise<void> {
  const { accountId, serverId } = target;
  await app.serversView.reveal(target);
  await syncTargets(app, [target]);
  const server = findServer(app.store.state, accountId, serverId)?.optimistic;
  if (server?.authenticationStatus === "required" && server.status !== "ready") {
    await offerAuthentication(app, target, server);
  }
}

async function offerAuthentication(
  app: ServersContext,
  target: ServerTarget,
  server: Server,
): Promise<void> {
  const open = vscode.l10n.t("Authenticate in the dashboard");
  const chosen = await notifyInformation(
    vscode.l10n.t("{0} was added. An administrator has to authenticate it.", server.name),
    open,
  );
  if (chosen === open) {
    await authenticateInDashboard(app, target);
  }
}

async function sessionFor(
  app: ServersContext,
  { accountIds }: CommandArguments,
): Promise<Session | undefined> {
  const sessions = accountIds.flatMap((id) => app.sessions.get(id) ?? []);
  const [only, second] = sessions;
  if (second === undefined) {
    return only;
  }
  const picked = await vscode.window.showQuickPick(
    sessions.map(({ account: { id, name } }) => escapeItem({ label: name, description: id, id })),
    { title: vscode.l10n.t("Add a server to which account?"), matchOnDescription: true },
  );
  return picked && app.sessions.get(picked.id);
}

async function addGiven(
  app: ServersContext,
  session: Session,
  text: string,
  again: () => unknown,
): Promise<Server | undefined> {
  const read = readNewServer(text, takenIds(app, session));
  if ("problem" in read) {
    void notifyError(read.problem);
    return undefined;
  }
  try {
    return await session.operations(serverKind).create(read.server);
  } catch (error) {
    const what = vscode.l10n.t("{0} wasn't added.", read.server.name);
    void app.reporter.reportFailure(what, error, again);
    return undefined;
  }
}

function takenIds(app: ServersContext, session: Session): ReadonlySet<string> {
  return new Set(serversOf(app.store.state, session.account.id).keys());
}

function title(): string {
  return vscode.l10n.t("Add a server");
}

type CredentialMethod = "bearer" | "headers" | "manual";
type Authentication = CredentialMethod | "none" | "dashboard";

/** Registers the server at Cloudflare. Rejects when Cloudflare refuses it. */
type Add = (server: NewServer) => Promise<Server>;

interface AuthenticationItem extends vscode.QuickPickItem {
  readonly method: Authentication;
}

/**
 * Resolves with the kind of credentials to ask for, or with the new server when no credentials are
 * needed.
 */
function askAuthentication(
  input: MultiStepInput,
  answer: Answer<CredentialMethod | Server>,
  add: (method: Authentication) => Promise<Server>,
): Promise<CredentialMethod | Server> {
  return input.ask(answer, ({ at, back, value }) => {
    const items = authenticationItems();
    return checkedPick<AuthenticationItem, CredentialMethod | Server | typeof BACK>({
      title: title(),
      placeholder: vscode.l10n.t(
        "How does Cloudflare authenticate with it? Adding can't be undone, only deleted again",
      ),
      at,
      back,
      items,
      active: items.find(({ method }) => method === value),
      accept: async ({ method }) =>
        method === "none" || method === "dashboard" ? add(method) : method,
      explain: reasonOf,
    });
  });
}

/** Methods with further questions come first, so that one Enter too many adds nothing. */
function authenticationItems(): readonly AuthenticationItem[] {
  return [
    {
      method: "bearer",
      label: vscode.l10n.t("Bearer token"),
      iconPath: new vscode.ThemeIcon("key"),
    },
    {
      method: "headers",
      label: vscode.l10n.t("Headers"),
      iconPath: new vscode.ThemeIcon("list-flat"),
    },
    {
      method: "dashboard",
      label: vscode.l10n.t("OAuth, authenticated in the dashboard"),
      iconPath: new vscode.ThemeIcon("link-external"),
    },
    {
      method: "manual",
      label: vscode.l10n.t("OAuth client of your own"),
      iconPath: new vscode.ThemeIcon("lock"),
    },
    { method: "none", label: vscode.l10n.t("Not at all"), iconPath: new vscode.ThemeIcon("globe") },
  ];
}

function credentialForm(): CredentialForm {
  return {
    title: title(),
    note: vscode.l10n.t("Confirming adds the server."),
    confirm: vscode.l10n.t("Add Server"),
    isCallbackShared: false,
    hasSecret: false,
    typed: nothingTyped(),
  };
}

function authType(method: Authentication): NewServer["auth_type"] {
  switch (method) {
    case "none":
      return "unauthenticated";
    case "bearer":
    case "headers":
      return "bearer";
    case "dashboard":
    case "manual":
      return "oauth";
  }
}
