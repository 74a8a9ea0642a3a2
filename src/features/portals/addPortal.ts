import * as vscode from "vscode";
import { reasonOf } from "../../domain/diagnosis/apiErrors.ts";
import {
  cloneOf,
  portalDescriptionProblem,
  portalHostProblem,
  portalIdProblem,
  portalNameProblem,
  readNewPortal,
  suggestHost,
  type TakenByPortals,
} from "../../domain/portals/newPortal.ts";
import type { NewPortal, Portal } from "../../domain/portals/portal.ts";
import { portalKind } from "../../domain/portals/portalKind.ts";
import { suggestServerId } from "../../domain/servers/newServer.ts";
import { escapeItem } from "../../editor/escape.ts";
import { checkedInput } from "../../editor/inputs.ts";
import { Answer, askForm, type BACK } from "../../editor/multiStepInput.ts";
import { notifyError } from "../../editor/notifications.ts";
import type { Session } from "../../engine/session.ts";
import type { CommandArguments, PortalTarget } from "../../target.ts";
import type { AppContext } from "../app.ts";
import { tellUnpublished } from "../reach/index.ts";
import { onePortal } from "../targets/index.ts";
import { takenBeside } from "./taken.ts";

/** The context of commands that show a portal's row. */
export interface PortalsContext extends AppContext {
  readonly portalsView: { reveal(row: PortalTarget): Promise<void> };
}

/** Makes a portal without servers. A script gives the body of the POST as JSON. */
export async function addPortal(app: PortalsContext, args: CommandArguments): Promise<void> {
  const session = await sessionFor(app, args);
  if (session === undefined) {
    return;
  }
  await make(app, session, args.text, {
    title: vscode.l10n.t("Add a portal"),
    name: "",
    description: "",
    create: (portal) => session.operations(portalKind).create(portal),
  });
}

/**
 * Makes a second portal with the servers, overrides and policy of this one, at a host of its own. A
 * script gives its id, name, hostname and description as JSON.
 */
export async function clonePortal(app: PortalsContext, args: CommandArguments): Promise<void> {
  const chosen = await onePortal(app, args, vscode.l10n.t("Clone which portal?"));
  const session = chosen && app.sessions.get(chosen.target.accountId);
  if (chosen === undefined || session === undefined) {
    return;
  }
  const { portal: original } = chosen;
  const operations = session.operations(portalKind);
  await make(app, session, args.text, {
    title: vscode.l10n.t("Clone {0}", original.name),
    name: vscode.l10n.t("Copy of {0}", original.name),
    description: original.description ?? "",
    // Read again, because somebody may have changed it while the questions were answered.
    create: async (own) => operations.create(cloneOf(await operations.reread(original.id), own)),
  });
}

/** How one command makes a portal. */
interface Making {
  readonly title: string;
  /** The suggested name, and the description unless another is given. */
  readonly name: string;
  readonly description: string;
  /** Rejects when Cloudflare refuses the portal. */
  create(portal: NewPortal): Promise<Portal>;
}

async function make(
  app: PortalsContext,
  session: Session,
  text: string | undefined,
  making: Making,
): Promise<void> {
  const { id: accountId } = session.account;
  const taken = takenBeside(app, accountId);
  const created =
    text === undefined ? await ask(taken, making) : await makeGiven(app, taken, text, making);
  if (created !== undefined) {
    const address = { accountId, portalId: created.id };
    await app.portalsView.reveal({ kind: "portal", ...address });
    await tellUnpublished(app, address);
  }
}

/** The last question sends the request. It stays open when Cloudflare refuses. */
function ask(taken: TakenByPortals, making: Making): Promise<Portal | undefined> {
  const { title } = making;
  const answers = {
    name: new Answer<string>(),
    id: new Answer<string>(),
    hostname: new Answer<string>(),
    created: new Answer<Portal>(),
  };
  return askForm(async (input) => {
    input.expect(4);
    const name = await input.text(answers.name, {
      title,
      prompt: vscode.l10n.t("Name, as people see it"),
      value: making.name,
      problem: portalNameProblem,
    });
    const id = await input.text(answers.id, {
      title,
      prompt: vscode.l10n.t("Id; it can't be changed later"),
      value: suggestServerId(name, taken.ids),
      problem: (text) => portalIdProblem(text, taken.ids),
    });
    const hostname = await input.text(answers.hostname, {
      title,
      prompt: vscode.l10n.t("Host: clients connect to it, so it needs a DNS record at Cloudflare"),
      value: suggestHost(id, taken.hosts),
      placeholder: "mcp.example.com",
      problem: (text) => portalHostProblem(text, taken.hosts),
    });
    return input.ask(answers.created, ({ at, back }) =>
      checkedInput<Portal | typeof BACK>({
        title,
        prompt: vscode.l10n.t(
          "Description; may be empty. Confirming adds the portal, which can't be undone, only deleted again",
        ),
        value: making.description,
        at,
        back,
        validate: (text) => portalDescriptionProblem(text.trim()),
        accept: (text) => {
          const description = text.trim();
          return making.create({
            id,
            name,
            hostname,
            ...(description === "" ? {} : { description }),
          });
        },
        explain: reasonOf,
      }),
    );
  });
}

async function makeGiven(
  app: AppContext,
  taken: TakenByPortals,
  text: string,
  making: Making,
): Promise<Portal | undefined> {
  const read = readNewPortal(text, taken);
  if ("problem" in read) {
    void notifyError(read.problem);
    return undefined;
  }
  const { description = making.description, ...own } = read.portal;
  try {
    return await making.create({ ...own, ...(description === "" ? {} : { description }) });
  } catch (error) {
    const what = vscode.l10n.t("{0} wasn't added.", read.portal.name);
    void app.reporter.reportFailure(what, error, () => makeGiven(app, taken, text, making));
    return undefined;
  }
}

async function sessionFor(
  app: AppContext,
  { accountIds }: CommandArguments,
): Promise<Session | undefined> {
  const sessions = accountIds.flatMap((id) => app.sessions.get(id) ?? []);
  const [only, second] = sessions;
  if (second === undefined) {
    return only;
  }
  const picked = await vscode.window.showQuickPick(
    sessions.map(({ account: { id, name } }) => escapeItem({ label: name, description: id, id })),
    { title: vscode.l10n.t("Add a portal to which account?"), matchOnDescription: true },
  );
  return picked && app.sessions.get(picked.id);
}
