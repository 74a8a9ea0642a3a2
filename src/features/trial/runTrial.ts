import * as vscode from "vscode";
import { readJsonRecord } from "../../base/json.ts";
import { shorten } from "../../base/text.ts";
import { findLive } from "../../domain/live/compareLive.ts";
import { escapeItem } from "../../editor/escape.ts";
import { confirm, notifyWarning, showProgress } from "../../editor/notifications.ts";
import { connectedTo, type LiveContext, liveTools } from "../live/index.ts";
import { isMild, sourceOf } from "./definition.ts";
import { readResult, resultText } from "./result.ts";
import { BESIDE, closeOthers } from "./resultsBeside.ts";
import { type Trial, type Trials, trialUri } from "./trials.ts";

const MOST_SHOWN = 200;

/** Calls the tool with the arguments of its document, saved or not. */
export async function runTrial(app: LiveContext, trials: Trials, uri: string): Promise<void> {
  const trial = trials.at(uri);
  if (trial === undefined) {
    return;
  }
  const document = await vscode.workspace.openTextDocument(trial.uri);
  await call(app, trials, trial, document.getText());
}

/** Picks one of the last calls, puts its arguments into the document and calls again. */
export async function runAgain(app: LiveContext, trials: Trials, uri: string): Promise<void> {
  const trial = trials.at(uri);
  const items = (trial?.calls ?? []).map(({ at, input, outcome, milliseconds }) => ({
    ...escapeItem({
      label: at.toLocaleTimeString(vscode.env.language),
      description: `${outcome} · ${durationInWords(milliseconds)}`,
      detail: shorten(input.replaceAll(/\s+/g, " "), MOST_SHOWN),
    }),
    input,
  }));
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t("Run which call again?"),
  });
  if (trial === undefined || picked === undefined) {
    return;
  }
  const document = await vscode.workspace.openTextDocument(trial.uri);
  const edit = new vscode.WorkspaceEdit();
  const end = document.positionAt(document.getText().length);
  edit.replace(trial.uri, new vscode.Range(new vscode.Position(0, 0), end), picked.input);
  await vscode.workspace.applyEdit(edit);
  await call(app, trials, trial, picked.input);
}

async function call(app: LiveContext, trials: Trials, trial: Trial, text: string): Promise<void> {
  const { target } = trial;
  const input = readJsonRecord(text);
  if (input === undefined) {
    void notifyWarning(vscode.l10n.t("The arguments have to be a JSON object."));
    return;
  }
  const to = await connectedTo(app, target);
  const tool = to && findLive(to, target, liveTools());
  if (tool === undefined) {
    void notifyWarning(
      vscode.l10n.t(
        "VS Code doesn't have {0} any more. Compare with the live portal.",
        target.name,
      ),
    );
    return;
  }
  const source = sourceOf(app.store.state, target);
  if (!(await mayRun(target.name, source))) {
    return;
  }
  const began = performance.now();
  const outcome = await invoke(tool.name, target.name, input);
  if (outcome === undefined) {
    return;
  }
  const milliseconds = performance.now() - began;
  const result = readResult(outcome, source?.["outputSchema"]);
  trials.record(trial.uri.toString(), {
    at: new Date(),
    input: text,
    outcome: result.isError ? vscode.l10n.t("failed") : vscode.l10n.t("answered"),
    milliseconds,
  });
  const about = `${target.name} · ${durationInWords(milliseconds)}`;
  await show(trials, trial, resultText(about, result), result.images);
}

/** Undefined where somebody said no or cancelled. */
async function invoke(
  liveName: string,
  name: string,
  input: object,
): Promise<vscode.LanguageModelToolResult | Error | undefined> {
  return showProgress(
    vscode.l10n.t("Calling {0}", name),
    async (_report, token) => {
      try {
        const options = { input, toolInvocationToken: undefined };
        return await vscode.lm.invokeTool(liveName, options, token);
      } catch (error) {
        const failure = error instanceof Error ? error : new Error(String(error));
        const isDeclined = token.isCancellationRequested || /^Cancell?ed$/.test(failure.message);
        return isDeclined ? undefined : failure;
      }
    },
    true,
  );
}

/** What may destroy something is asked here too, before VS Code asks. */
async function mayRun(name: string, source: Readonly<Record<string, unknown>> | undefined) {
  if (isMild(source)) {
    return true;
  }
  const run = vscode.l10n.t("Run");
  const asked = await confirm(
    vscode.l10n.t("Run {0}?", name),
    vscode.l10n.t(
      "It may change or delete something at its upstream, and nothing here undoes that.",
    ),
    run,
  );
  return asked === run;
}

async function show(
  { files }: Trials,
  trial: Trial,
  text: string,
  images: readonly vscode.LanguageModelDataPart[],
): Promise<void> {
  const { number, result } = trial;
  files.put(result, new TextEncoder().encode(text), true);
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(result), BESIDE);
  await closeOthers(trial);
  for (const [index, { mimeType, data }] of images.entries()) {
    const [, kind = "png"] = /^image\/([a-z]+)/.exec(mimeType) ?? [];
    const image = trialUri(number, `${index + 1}.${kind}`);
    files.put(image, data, true);
    await vscode.commands.executeCommand("vscode.open", image, { ...BESIDE, preview: false });
  }
}

function durationInWords(milliseconds: number): string {
  return milliseconds < 1000
    ? vscode.l10n.t("{0} ms", Math.round(milliseconds))
    : vscode.l10n.t(
        "{0} s",
        (milliseconds / 1000).toLocaleString(vscode.env.language, {
          minimumFractionDigits: 1,
          maximumFractionDigits: 1,
        }),
      );
}
