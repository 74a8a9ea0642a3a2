import * as vscode from "vscode";
import { SerialQueue } from "../../base/async.ts";
import { memoize } from "../../base/memo.ts";
import { TRIAL_COMMANDS, TRIAL_LANGUAGE, TRIAL_SCHEME } from "../../manifest.ts";
import type { LiveContext } from "../live/index.ts";
import { TrialLanguage } from "./language.ts";
import { followTrial } from "./resultsBeside.ts";
import { runAgain, runTrial } from "./runTrial.ts";
import { Trials } from "./trials.ts";

/** What is tried in a window. Registers what its documents need with the first of them. */
export const trialsOf = memoize((app: LiveContext): Trials => {
  const trials = new Trials();
  const selector = { scheme: TRIAL_SCHEME, language: TRIAL_LANGUAGE };
  const language = new TrialLanguage(trials);
  vscode.workspace.registerFileSystemProvider(TRIAL_SCHEME, trials.files, {
    isCaseSensitive: true,
  });
  vscode.languages.registerCodeLensProvider(selector, language);
  vscode.languages.registerCompletionItemProvider(selector, language, '"', ":", " ");
  vscode.languages.registerHoverProvider(selector, language);
  const following = new SerialQueue();
  vscode.window.onDidChangeActiveTextEditor((editor) => {
    const trial = editor && trials.at(editor.document.uri.toString());
    if (trial !== undefined) {
      void following.run(() => followTrial(trial));
    }
  });
  vscode.commands.registerCommand(TRIAL_COMMANDS.run, (uri: unknown) =>
    runTrial(app, trials, String(uri)),
  );
  vscode.commands.registerCommand(TRIAL_COMMANDS.again, (uri: unknown) =>
    runAgain(app, trials, String(uri)),
  );
  return trials;
});
