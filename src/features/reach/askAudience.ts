import * as vscode from "vscode";
import {
  type Audience,
  emailDomainIn,
  emailDomainProblem,
  emailsIn,
  emailsProblem,
} from "../../domain/access/audience.ts";
import type { AccessGroup } from "../../domain/access/newAccess.ts";
import { reasonOf } from "../../domain/diagnosis/apiErrors.ts";
import { unread } from "../../domain/reach/words.ts";
import { escapeItem } from "../../editor/escape.ts";
import { checkedPick } from "../../editor/inputs.ts";
import { Answer, askForm, type BACK, type MultiStepInput } from "../../editor/multiStepInput.ts";
import { type CreationClient, readGroups } from "../../engine/reach/create.ts";

/** How the audience is named. The groups were read by then. */
type AudienceChoice =
  | { readonly kind: "emails" }
  | { readonly kind: "domain" }
  | { readonly kind: "group"; readonly groups: readonly AccessGroup[] };

/** Asks with whom something is shared. Undefined when it was dismissed. */
export function askAudience(api: CreationClient, title: string): Promise<Audience | undefined> {
  const answers = {
    choice: new Answer<AudienceChoice>(),
    emails: new Answer<string>(),
    domain: new Answer<string>(),
    group: new Answer<AccessGroup>(),
  };
  return askForm(async (input) => {
    input.expect(2);
    const choice = await askChoice(input, answers.choice, api, title);
    switch (choice.kind) {
      case "emails": {
        const text = await input.text(answers.emails, {
          title,
          prompt: vscode.l10n.t("Emails, with commas or spaces between them"),
          problem: emailsProblem,
        });
        return { kind: "emails", emails: emailsIn(text) };
      }
      case "domain": {
        const text = await input.text(answers.domain, {
          title,
          prompt: vscode.l10n.t("Domain of the emails"),
          placeholder: "example.com",
          problem: emailDomainProblem,
        });
        return { kind: "domain", domain: emailDomainIn(text) };
      }
      case "group": {
        const { id, name } = await askGroup(input, answers.group, choice.groups, title);
        return { kind: "group", id, name };
      }
    }
  });
}

interface ChoiceItem extends vscode.QuickPickItem {
  readonly choiceKind: AudienceChoice["kind"];
}

function askChoice(
  input: MultiStepInput,
  answer: Answer<AudienceChoice>,
  api: CreationClient,
  title: string,
): Promise<AudienceChoice> {
  const items: readonly ChoiceItem[] = [
    { label: vscode.l10n.t("Emails"), choiceKind: "emails" },
    { label: vscode.l10n.t("Domain of Emails"), choiceKind: "domain" },
    { label: vscode.l10n.t("Access Group"), choiceKind: "group" },
  ];
  return input.ask(answer, ({ value, at, back }) =>
    checkedPick<ChoiceItem, AudienceChoice | typeof BACK>({
      title,
      placeholder: vscode.l10n.t("With whom is it shared?"),
      items,
      active: items.find(({ choiceKind }) => choiceKind === value?.kind),
      at,
      back,
      isStoppable: true,
      accept: async ({ choiceKind }, signal) =>
        choiceKind === "group"
          ? { kind: choiceKind, groups: await groupsOf(api, signal) }
          : { kind: choiceKind },
      explain: reasonOf,
    }),
  );
}

/** Rejects with the sentence why there is none to choose. */
async function groupsOf(api: CreationClient, signal: AbortSignal): Promise<readonly AccessGroup[]> {
  const looked = await readGroups(api, { signal });
  if (looked.kind !== "read") {
    throw new Error(unread(looked).sentence);
  }
  if (looked.value.length === 0) {
    throw new Error(
      vscode.l10n.t("The account has no Access group, or none that doesn't include everyone."),
    );
  }
  return looked.value;
}

interface GroupItem extends vscode.QuickPickItem {
  readonly group: AccessGroup;
}

function askGroup(
  input: MultiStepInput,
  answer: Answer<AccessGroup>,
  groups: readonly AccessGroup[],
  title: string,
): Promise<AccessGroup> {
  const items = groups.map((group): GroupItem => escapeItem({ label: group.name, group }));
  return input.ask(answer, ({ value, at, back }) =>
    checkedPick<GroupItem, AccessGroup | typeof BACK>({
      title,
      placeholder: vscode.l10n.t("With which Access group?"),
      items,
      active: items.find(({ group }) => group.id === value?.id),
      at,
      back,
      accept: async ({ group }) => group,
    }),
  );
}
