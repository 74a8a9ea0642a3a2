import * as vscode from "vscode";
import { isVisibleAscii } from "../../base/text.ts";
import { CONNECTIONS, type Connection, connectionsOf } from "../../domain/portals/endpoint.ts";
import type { Portal } from "../../domain/portals/portal.ts";
import { escapeItem } from "../../editor/escape.ts";
import { checkedPick } from "../../editor/inputs.ts";
import { Answer, askForm, type BACK, type MultiStepInput } from "../../editor/multiStepInput.ts";
import { notifyInformation } from "../../editor/notifications.ts";
import { findPortal } from "../../engine/state.ts";
import { COMMANDS } from "../../manifest.ts";
import type { CommandArguments, PortalAddress } from "../../target.ts";
import { connectionInWords } from "../display/index.ts";
import { type ChosenPortal, onePortal, portalTargets } from "../targets/index.ts";
import type { ConnectContext, ServiceToken } from "./connectedPortals.ts";
import { isConnected, startServer, stopServer } from "./runningServers.ts";

interface Wanted {
  readonly connection: Connection;
  readonly token: ServiceToken | undefined;
}

/**
 * Offers a portal to VS Code as an MCP server. A script gives the way of connecting, with the id and
 * the secret of a service token on lines of their own.
 */
export async function connectPortal(app: ConnectContext, args: CommandArguments): Promise<void> {
  const offered = await offerPortal(app, args);
  if (offered?.isStarted) {
    void tellConnected(offered);
  }
}

interface Offered extends ChosenPortal {
  readonly byToken: boolean;
  /** False where somebody has to start it by hand, which was told. */
  readonly isStarted: boolean;
}

/** As connectPortal does it, without a word of success. Undefined where somebody gave it up. */
export async function offerPortal(
  app: ConnectContext,
  args: CommandArguments,
): Promise<Offered | undefined> {
  const chosen = await onePortal(app, args, vscode.l10n.t("Connect VS Code to which portal?"));
  if (chosen === undefined) {
    return undefined;
  }
  const { target, portal } = chosen;
  const wanted = args.text === undefined ? await ask(portal) : givenIn(args.text);
  if (wanted === undefined) {
    return undefined;
  }
  const { connection, token } = wanted;
  await stopServer(app, target);
  await app.connected.connect({ ...target, connection }, token);
  const isStarted = await startServer(app, target);
  return { ...chosen, byToken: token !== undefined, isStarted };
}

async function tellConnected({ target, portal, byToken }: Offered): Promise<void> {
  const compare = vscode.l10n.t("Compare with the Live Portal");
  const chosen = await notifyInformation(
    byToken
      ? vscode.l10n.t(
          "Added {0} to VS Code's MCP servers. VS Code connects to it now.",
          portal.name,
        )
      : vscode.l10n.t(
          "Added {0} to VS Code's MCP servers. Sign in where VS Code asks.",
          portal.name,
        ),
    compare,
  );
  if (chosen === compare) {
    await vscode.commands.executeCommand(COMMANDS.verifyPortal, { kind: "portal", ...target });
  }
}

/** Takes back what Connect VS Code to Portal did. */
export async function disconnectPortal(app: ConnectContext, args: CommandArguments): Promise<void> {
  const targets = await portalTargets(app, args, {
    title: vscode.l10n.t("Disconnect VS Code from which portal?"),
    many: true,
    applies: (address) => isConnected(app, address),
  });
  for (const target of targets) {
    await disconnect(app, target);
  }
}

async function disconnect(app: ConnectContext, target: PortalAddress): Promise<void> {
  if (isConnected(app, target)) {
    await stopServer(app, target);
    await app.connected.disconnect(target);
    return;
  }
  const name = findPortal(app.store.state, target)?.optimistic.name ?? target.portalId;
  void notifyInformation(vscode.l10n.t("VS Code isn't connected to {0}.", name));
}

/** Undefined where the text names no way of connecting. */
function givenIn(text: string): Wanted | undefined {
  const [way, clientId, clientSecret] = text.split("\n");
  const connection = CONNECTIONS.find((each) => each === way);
  return (
    connection && {
      connection,
      token:
        clientId === undefined || clientSecret === undefined
          ? undefined
          : { clientId, clientSecret },
    }
  );
}

function ask(portal: Portal): Promise<Wanted | undefined> {
  const answers = {
    connection: new Answer<Connection>(),
    hasToken: new Answer<boolean>(),
    id: new Answer<string>(),
    secret: new Answer<string>(),
  };
  const title = vscode.l10n.t("Connect VS Code to {0}", portal.name);
  return askForm(async (input) => {
    const connection = await choose(input, answers.connection, {
      title,
      placeholder: vscode.l10n.t("What should VS Code get of its tools?"),
      items: connectionsOf(portal).map((value) => ({
        label: connectionInWords(value),
        detail: connectionDetail(value),
        value,
      })),
    });
    const hasToken = await choose(input, answers.hasToken, {
      title,
      placeholder: vscode.l10n.t("How does VS Code sign in to the portal?"),
      items: [
        {
          label: vscode.l10n.t("As you, in the browser"),
          detail: vscode.l10n.t("VS Code asks when it connects, and keeps the sign-in."),
          value: false,
        },
        {
          label: vscode.l10n.t("With a service token"),
          detail: vscode.l10n.t(
            "It sees only servers that don't require user auth, where a policy lets it in.",
          ),
          value: true,
        },
      ],
    });
    return { connection, token: hasToken ? await askToken(input, answers, title) : undefined };
  });
}

async function askToken(
  input: MultiStepInput,
  answers: { readonly id: Answer<string>; readonly secret: Answer<string> },
  title: string,
): Promise<ServiceToken> {
  const clientId = await input.text(answers.id, {
    title,
    prompt: vscode.l10n.t("Client ID of the service token, which ends in {0}", ".access"),
    problem: problemOfHeader,
  });
  const clientSecret = await input.text(answers.secret, {
    title,
    prompt: vscode.l10n.t("Client secret of the service token, which VS Code keeps encrypted"),
    password: true,
    problem: problemOfHeader,
  });
  return { clientId, clientSecret };
}

function problemOfHeader(text: string): string | undefined {
  return isVisibleAscii(text)
    ? undefined
    : vscode.l10n.t("Letters, digits and signs without spaces, as Cloudflare showed it.");
}

interface Choice<T> extends vscode.QuickPickItem {
  readonly value: T;
}

interface Choices<T> {
  readonly title: string;
  readonly placeholder: string;
  readonly items: readonly Choice<T>[];
}

function choose<T>(
  input: MultiStepInput,
  answer: Answer<T>,
  { items, ...question }: Choices<T>,
): Promise<T> {
  return input.ask(answer, ({ value, at, back }) => {
    const escaped = items.map(escapeItem);
    return checkedPick<Choice<T>, T | typeof BACK>({
      ...question,
      at,
      back,
      items: escaped,
      active: escaped.find((item) => item.value === value),
      accept: async (item) => item.value,
    });
  });
}

function connectionDetail(connection: Connection): string {
  switch (connection) {
    case "allTools":
      return vscode.l10n.t("Every tool with its whole definition.");
    case "minimizeTools":
      return vscode.l10n.t("The names of all tools, and one tool that looks definitions up.");
    case "searchAndExecute":
      return vscode.l10n.t("Two tools: one finds tools, one runs them.");
    case "codeMode":
      return vscode.l10n.t("Two tools: one finds methods, one runs code that calls them.");
  }
}
