import * as vscode from "vscode";
import type { Server } from "../../domain/servers/server.ts";
import { serverKind } from "../../domain/servers/serverKind.ts";
import type { UpstreamCredentials } from "../../domain/servers/upstreamCredentials.ts";
import { checkedPick } from "../../editor/inputs.ts";
import { Answer, askForm, type BACK, type MultiStepInput } from "../../editor/multiStepInput.ts";
import { notifyInformation } from "../../editor/notifications.ts";
import { findServer } from "../../engine/state.ts";
import type { CommandArguments, ServerTarget } from "../../target.ts";
import type { AppContext } from "../app.ts";
import { syncTargets } from "../sync/index.ts";
import { serverTargets } from "../targets/index.ts";
import { type AuthMethod, askCredentials } from "./askCredentials.ts";
import { authenticateInDashboard } from "./authentication.ts";
import { type CredentialForm, nothingTyped, type Send } from "./credentialForm.ts";

/**
 * Sets credentials, which are write-only: stored ones are never shown, and typed ones are sent and
 * not kept.
 */
export async function setUpstreamCredentials(
  app: AppContext,
  args: CommandArguments,
): Promise<void> {
  const [target] = await serverTargets(app, args, {
    title: vscode.l10n.t("Set the credentials of which server?"),
    many: false,
    applies: takesCredentials,
  });
  const server =
    target && findServer(app.store.state, target.accountId, target.serverId)?.optimistic;
  if (target === undefined || server === undefined) {
    return;
  }
  if (!takesCredentials(server)) {
    void notifyInformation(takesNone(server));
    return;
  }
  const sent = await ask(server, (credentials) => send(app, target, credentials));
  if (sent === "dashboard") {
    await authenticateInDashboard(app, target);
  } else if (sent !== undefined) {
    // Only a sync shows whether the upstream accepts them.
    await syncTargets(app, [target]);
  }
}

function ask(server: Server, send: Send): Promise<Server | "dashboard" | undefined> {
  const form = formOf(server);
  const answer = new Answer<AuthMethod | "dashboard">();
  return askForm(async (input) => {
    input.expect(2);
    const method = await askMethod(input, server, form, answer);
    return method === "dashboard" ? method : askCredentials(input, method, form, send);
  });
}

async function send(
  app: AppContext,
  { accountId, serverId }: ServerTarget,
  credentials: UpstreamCredentials,
): Promise<Server> {
  const session = app.sessions.get(accountId);
  if (session === undefined) {
    throw new Error(vscode.l10n.t("The account was signed out."));
  }
  return session.operations(serverKind).send(serverId, credentials);
}

type Choice = vscode.QuickPickItem & { readonly method: AuthMethod | "dashboard" };

/** Asks for the kind of credentials. OAuth leads to the dashboard. */
function askMethod(
  input: MultiStepInput,
  server: Server,
  { title, note }: CredentialForm,
  answer: Answer<AuthMethod | "dashboard">,
): Promise<AuthMethod | "dashboard"> {
  return input.ask(answer, ({ value, at, back }) => {
    const items = methodsFor(server);
    return checkedPick<Choice, AuthMethod | "dashboard" | typeof BACK>({
      title,
      placeholder: note,
      at,
      back,
      items,
      active: items.find(({ method }) => method === value),
      accept: async ({ method }) => method,
    });
  });
}

function formOf(server: Server): CredentialForm {
  return {
    title: vscode.l10n.t("Upstream credentials of {0}", server.name),
    note: storedInWords(server),
    confirm: vscode.l10n.t("Save"),
    isCallbackShared: server.isSharedOauthCallbackEnabled === true,
    hasSecret: server.authConfigSummary?.hasClientSecret === true,
    typed: nothingTyped(),
  };
}

/** Tells that something is stored, but never what. */
function storedInWords({ authConfigSummary }: Server): string {
  if (authConfigSummary === undefined) {
    return vscode.l10n.t(
      "What is stored at Cloudflare isn't shown. What you enter replaces it, and can't be undone.",
    );
  }
  return authConfigSummary.hasClientSecret === true
    ? vscode.l10n.t(
        "An OAuth client with a secret is stored. What you enter replaces it, and can't be undone.",
      )
    : vscode.l10n.t(
        "An OAuth client without a secret is stored. What you enter replaces it, and can't be undone.",
      );
}

function takesCredentials(server: Server): boolean {
  return methodsFor(server).length > 0;
}

/** Explains why a server takes no credentials. */
function takesNone(server: Server): string {
  return server.authType === "unauthenticated"
    ? vscode.l10n.t(
        "{0} takes no credentials: it is registered without authentication.",
        server.name,
      )
    : vscode.l10n.t(
        "{0} takes no credentials here: its kind of authentication is {1}.",
        server.name,
        server.authType,
      );
}

function methodsFor({ authType, authConfigSummary }: Server): readonly Choice[] {
  if (authType === "bearer") {
    return [bearer(), headers()];
  }
  if (authType !== "oauth") {
    return [];
  }
  return authConfigSummary?.authMode === "manual"
    ? [secret(), manual(), dashboard()]
    : [dashboard(), manual()];
}

function bearer(): Choice {
  return {
    method: "bearer",
    label: vscode.l10n.t("Bearer token"),
    iconPath: new vscode.ThemeIcon("key"),
    detail: vscode.l10n.t("Sent to the upstream as its Authorization header"),
  };
}

function headers(): Choice {
  return {
    method: "headers",
    label: vscode.l10n.t("Headers"),
    iconPath: new vscode.ThemeIcon("list-flat"),
    detail: vscode.l10n.t("Any headers, as names and values"),
  };
}

function dashboard(): Choice {
  return {
    method: "dashboard",
    label: vscode.l10n.t("Authenticate in the dashboard"),
    iconPath: new vscode.ThemeIcon("link-external"),
    detail: vscode.l10n.t("For OAuth with dynamic registration; only an administrator can"),
  };
}

function manual(): Choice {
  return {
    method: "manual",
    label: vscode.l10n.t("OAuth client of your own"),
    iconPath: new vscode.ThemeIcon("lock"),
    detail: vscode.l10n.t("Endpoints, client id and secret, entered by hand"),
  };
}

function secret(): Choice {
  return {
    method: "secret",
    label: vscode.l10n.t("New client secret"),
    iconPath: new vscode.ThemeIcon("key"),
    detail: vscode.l10n.t("The rest of the OAuth client stays as it is"),
  };
}
