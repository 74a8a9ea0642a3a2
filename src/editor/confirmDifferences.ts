import * as vscode from "vscode";
import { PREVIEW_SCHEME } from "../manifest.ts";
import { escapeLabel } from "./escape.ts";

/** One document as it is and as it would be. */
export interface Difference {
  /** What the tab shows, with the ending that gives it its language. */
  readonly path: string;
  /** Undefined where it isn't there yet. */
  readonly before: string | undefined;
  readonly after: string;
}

interface Question {
  /** Of the diff's tab. */
  readonly tab: string;
  readonly title: string;
  /** The label of the answer that does it, and what it means. */
  readonly apply: string;
  readonly meaning: string;
  /** What else has to be known, each a sentence. */
  readonly notes?: readonly string[];
  /** Texts that the shown documents name, by their paths, such as schemas. */
  readonly beside?: ReadonlyMap<string, string>;
}

/** Shows what would be written as a diff, and asks once. The diff is closed with the answer. */
export async function confirmDifferences(
  differences: readonly Difference[],
  question: Question,
): Promise<boolean> {
  const run = crypto.randomUUID();
  const texts = new Map<string, string>();
  const sides = differences.map(({ path, before, after }, index) => {
    const uriOf = (text: string, side: number): vscode.Uri => {
      // With different paths VS Code would show a renamed file.
      const uri = vscode.Uri.from({
        scheme: PREVIEW_SCHEME,
        path: `/${path}`,
        query: JSON.stringify([run, index, side]),
      });
      texts.set(uri.query, text);
      return uri;
    };
    return {
      before: uriOf(before ?? "", 0),
      after: uriOf(after, 1),
      isNew: before === undefined,
    };
  });
  const registration = vscode.workspace.registerTextDocumentContentProvider(PREVIEW_SCHEME, {
    provideTextDocumentContent: ({ path, query }) =>
      texts.get(query) ?? question.beside?.get(path.slice(1)) ?? "",
  });
  try {
    await show(sides, question.tab);
    return await ask(question);
  } finally {
    await close(question.tab);
    registration.dispose();
  }
}

interface Sides {
  readonly before: vscode.Uri;
  readonly after: vscode.Uri;
  readonly isNew: boolean;
}

async function show(sides: readonly Sides[], title: string): Promise<void> {
  const [only, second] = sides;
  if (only !== undefined && second === undefined) {
    await vscode.commands.executeCommand("vscode.diff", only.before, only.after, title);
    return;
  }
  await vscode.commands.executeCommand(
    "vscode.changes",
    title,
    sides.map(({ before, after, isNew }) => [
      after.with({ query: "" }),
      isNew ? undefined : before,
      after,
    ]),
  );
}

async function ask({ title, apply, meaning, notes = [] }: Question): Promise<boolean> {
  const picked = await vscode.window.showQuickPick(
    [
      {
        label: apply,
        description: escapeLabel(meaning),
        ...(notes.length === 0 ? {} : { detail: escapeLabel(notes.join(" · ")) }),
      },
      { label: vscode.l10n.t("Cancel"), description: vscode.l10n.t("Nothing is written") },
    ],
    {
      title: escapeLabel(title),
      placeHolder: vscode.l10n.t("The editor shows what would change"),
      ignoreFocusOut: true,
    },
  );
  return picked?.label === apply;
}

async function close(title: string): Promise<void> {
  const tabs = vscode.window.tabGroups.all
    .flatMap((group) => group.tabs)
    // VS Code adds the number of files.
    .filter(({ label }) => label.startsWith(title));
  await vscode.window.tabGroups.close(tabs);
}
