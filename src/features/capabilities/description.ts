import * as vscode from "vscode";
import { checkedInput } from "../../editor/inputs.ts";
import type { CommandArguments } from "../../target.ts";
import type { AppContext } from "../app.ts";
import { revealDescription } from "../documents/index.ts";
import { saveCapabilityEdit } from "../edits/index.ts";
import {
  below,
  capabilityTargets,
  type FoundCapability,
  findCapability,
} from "../targets/index.ts";

/**
 * An input is enough for most descriptions, which have a sentence or two. One with several lines is
 * edited in the document, which the input's button opens too.
 */
export async function editDescription(app: AppContext, args: CommandArguments): Promise<void> {
  const [target] = await capabilityTargets(app, args, {
    title: vscode.l10n.t("Edit the description of which tool or prompt?"),
    many: false,
    inPortals: true,
    applies: () => true,
  });
  const found = target && findCapability(app, target);
  if (found === undefined) {
    return;
  }
  if (args.text !== undefined) {
    return save(app, found, args.text);
  }
  const { shown } = found;
  if (shown.description?.includes("\n")) {
    return revealDescription(found.target, shown.description);
  }
  const answer = await ask(found);
  if (answer === "document") {
    await revealDescription(found.target, shown.description ?? "");
  } else if (answer !== undefined) {
    await save(app, found, answer.text);
  }
}

function ask(found: FoundCapability): Promise<{ readonly text: string } | "document" | undefined> {
  const { layer, shown } = found;
  return checkedInput<{ readonly text: string } | "document">({
    title: vscode.l10n.t("Description of {0}", shown.name),
    prompt:
      layer === "portal"
        ? vscode.l10n.t("Clients of this portal see it. An empty field brings the server's back.")
        : vscode.l10n.t("Clients see it. An empty field brings the upstream's back."),
    value: shown.description ?? "",
    placeholder: below(found).description ?? "",
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

/** The text of the layer below means "no override". */
function save(app: AppContext, found: FoundCapability, text: string): Promise<void> {
  const isBelow = text.trim() === "" || text === below(found).description;
  const values = { description: isBelow ? null : text };
  return saveCapabilityEdit(app, { of: found, values });
}
