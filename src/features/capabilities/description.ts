import * as vscode from "vscode";
import type { ExposedCapability } from "../../domain/catalogue/layers.ts";
import { checkedInput } from "../../editor/inputs.ts";
import type { CapabilityTarget, CommandArguments } from "../../manifest.ts";
import type { AppContext } from "../app.ts";
import { revealDescription } from "../documents/index.ts";
import { saveCapabilityEdit } from "../edits/index.ts";
import { capabilityTargets, type FoundCapability, findCapability } from "../targets/index.ts";

/**
 * An input is enough for most descriptions, which have a sentence or two. One with several lines is
 * edited in the document, which the input's button opens too.
 */
export async function editDescription(app: AppContext, args: CommandArguments): Promise<void> {
  const [target] = await capabilityTargets(app, args, {
    title: vscode.l10n.t("Edit the description of which tool or prompt?"),
    many: false,
    applies: () => true,
  });
  const found = target && findCapability(app, target);
  if (target === undefined || found === undefined) {
    return;
  }
  const { shown } = found;
  if (args.text !== undefined) {
    return save(app, target, found, args.text);
  }
  if (shown.description?.includes("\n")) {
    return revealDescription(target, shown.description);
  }
  const answer = await ask(target, shown);
  if (answer === "document") {
    await revealDescription(target, shown.description ?? "");
  } else if (answer !== undefined) {
    await save(app, target, found, answer.text);
  }
}

function ask(
  { name }: CapabilityTarget,
  shown: ExposedCapability,
): Promise<{ readonly text: string } | "document" | undefined> {
  return checkedInput<{ readonly text: string } | "document">({
    title: vscode.l10n.t("Description of {0}", name),
    prompt: vscode.l10n.t("Clients see it. An empty field brings the upstream's back."),
    value: shown.description ?? "",
    placeholder: shown.capability.description ?? "",
    buttons: [
      {
        iconPath: new vscode.ThemeIcon("go-to-file"),
        tooltip: vscode.l10n.t("Edit in the Document"),
        press: () => "document",
      },
    ],
    accept: async (text) => ({ text }),
  });
}

/** The upstream's own text means "no override". */
function save(
  app: AppContext,
  target: CapabilityTarget,
  { shown, state }: FoundCapability,
  text: string,
): Promise<void> {
  const own = text.trim() === "" || text === shown.capability.description;
  const values = { description: own ? null : text };
  return saveCapabilityEdit(app, { target, values, seen: state.optimistic });
}
