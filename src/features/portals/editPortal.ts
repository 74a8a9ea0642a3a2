import * as vscode from "vscode";
import type { FieldValue } from "../../domain/changes/change.ts";
import {
  portalDescriptionProblem,
  portalHostProblem,
  portalNameProblem,
  type TakenByPortals,
} from "../../domain/portals/newPortal.ts";
import type { Portal } from "../../domain/portals/portal.ts";
import { escapeItem } from "../../editor/escape.ts";
import { checkedPick } from "../../editor/inputs.ts";
import { Answer, askForm, type BACK, type MultiStepInput } from "../../editor/multiStepInput.ts";
import type { CommandArguments } from "../../target.ts";
import type { AppContext } from "../app.ts";
import { portalChanges, saveEdits } from "../edits/index.ts";
import { askName, givenName, NameAnswers } from "../nameForm.ts";
import { onePortal } from "../targets/index.ts";
import { takenBeside } from "./taken.ts";

const RULES = { nameProblem: portalNameProblem, descriptionProblem: portalDescriptionProblem };

/**
 * Edits name, description, host and routing. A script gives the name, a line break and the
 * description.
 */
export async function editPortal(app: AppContext, args: CommandArguments): Promise<void> {
  const chosen = await onePortal(app, args, vscode.l10n.t("Edit the name of which portal?"));
  if (chosen === undefined) {
    return;
  }
  const { target, portal } = chosen;
  const values =
    args.text === undefined
      ? await ask(portal, takenBeside(app, target.accountId, target.portalId))
      : givenName(args.text, RULES);
  if (values !== undefined) {
    await saveEdits(app, portalChanges(app, target, values, portal));
  }
}

function ask(portal: Portal, taken: TakenByPortals): Promise<readonly FieldValue[] | undefined> {
  const answers = {
    names: new NameAnswers(),
    hostname: new Answer<string>(),
    gateway: new Answer<boolean>(),
  };
  const { name, description, hostname, secureWebGateway } = portal;
  const title = vscode.l10n.t("Name and description of {0}", name);
  return askForm(async (input) => {
    input.expect(secureWebGateway === undefined ? 3 : 4);
    const names = await askName(input, answers.names, {
      ...RULES,
      title,
      name,
      description,
      descriptionPrompt: vscode.l10n.t("Description; left empty, the portal has none"),
    });
    const host = await input.text(answers.hostname, {
      title: vscode.l10n.t("Host of {0}", name),
      prompt: vscode.l10n.t("Host: with another, clients have to connect anew"),
      value: hostname,
      problem: (text) => portalHostProblem(text, taken.hosts),
      warning: (text) =>
        text.toLowerCase() === hostname.toLowerCase()
          ? undefined
          : vscode.l10n.t(
              "Clients lose {0}. The new host needs a DNS record at Cloudflare.",
              hostname,
            ),
    });
    const values: readonly FieldValue[] = [
      ...names,
      { field: { of: undefined, key: "hostname" }, to: host },
    ];
    if (secureWebGateway === undefined) {
      return values;
    }
    const gateway = await askGateway(input, answers.gateway, name, secureWebGateway);
    return [...values, { field: { of: undefined, key: "secure_web_gateway" }, to: gateway }];
  });
}

interface GatewayItem extends vscode.QuickPickItem {
  readonly on: boolean;
}

function askGateway(
  input: MultiStepInput,
  answer: Answer<boolean>,
  name: string,
  now: boolean,
): Promise<boolean> {
  return input.ask(answer, ({ value = now, at, back }) => {
    const items = [
      { label: vscode.l10n.t("Straight to the servers"), on: false },
      { label: vscode.l10n.t("Through Cloudflare Gateway, which logs and inspects it"), on: true },
    ].map(escapeItem);
    return checkedPick<GatewayItem, boolean | typeof BACK>({
      title: vscode.l10n.t("Routing of {0}", name),
      placeholder: vscode.l10n.t("How does this portal's traffic reach its servers?"),
      at,
      back,
      items,
      active: items.find(({ on }) => on === value),
      accept: async ({ on }) => on,
    });
  });
}
