import * as vscode from "vscode";
import { reasonOf } from "../../domain/diagnosis/apiErrors.ts";
import {
  portalDescriptionProblem,
  portalHostProblem,
  portalIdProblem,
  portalNameProblem,
  readNewPortal,
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
import { portalsOf } from "../../engine/state.ts";
import type { CommandArguments, PortalTarget } from "../../target.ts";
import type { AppContext } from "../app.ts";

/** The context of commands that show a portal's row. */
export interface PortalsContext extends AppContext {
  readonly portals: { reveal(row: PortalTarget): Promise<void> };
}

/** Makes a portal without servers. A script gives the body of the POST as JSON. */
export async function addPortal(app: PortalsContext, args: CommandArguments): Promise<void> {
  const session = await sessionFor(app, args);
  if (session === undefined) {
    return;
  }
  const taken = takenIn(app, session.account.id);
  const created =
    args.text === undefined
      ? await ask(taken, (portal) => session.operations(portalKind).create(portal))
      : await addGiven(app, session, taken, args.text);
  if (created !== undefined) {
    await app.portals.reveal({
      kind: "portal",
      accountId: session.account.id,
      portalId: created.id,
    });
  }
}

/** The last question sends the request. It stays open when Cloudflare refuses. */
function ask(
  taken: TakenByPortals,
  add: (portal: NewPortal) => Promise<Portal>,
): Promise<Portal | undefined> {
  const title = vscode.l10n.t("Add a portal");
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
      placeholder: "mcp.example.com",
      problem: (text) => portalHostProblem(text, taken.hosts),
    });
    return input.ask(answers.created, ({ at, back }) =>
      checkedInput<Portal | typeof BACK>({
        title,
        prompt: vscode.l10n.t(
          "Description; may be empty. Confirming adds the portal, which can't be undone, only deleted again",
        ),
        value: "",
        at,
        back,
        validate: (text) => portalDescriptionProblem(text.trim()),
        accept: (text) => {
          const description = text.trim();
          return add({ id, name, hostname, ...(description === "" ? {} : { description }) });
        },
        explain: reasonOf,
      }),
    );
  });
}

async function addGiven(
  app: AppContext,
  session: Session,
  taken: TakenByPortals,
  text: string,
): Promise<Portal | undefined> {
  const read = readNewPortal(text, taken);
  if ("problem" in read) {
    void notifyError(read.problem);
    return undefined;
  }
  try {
    return await session.operations(portalKind).create(read.portal);
  } catch (error) {
    const what = vscode.l10n.t("{0} wasn't added.", read.portal.name);
    void app.reporter.reportFailure(what, error, () => addGiven(app, session, taken, text));
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

function takenIn({ store }: AppContext, accountId: string): TakenByPortals {
  const portals = [...portalsOf(store.state, accountId).values()].map(
    ({ optimistic }) => optimistic,
  );
  return {
    ids: new Set(portals.map(({ id }) => id)),
    hosts: new Map(portals.map(({ hostname, name }) => [hostname.toLowerCase(), name])),
  };
}
