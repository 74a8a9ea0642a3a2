import * as vscode from "vscode";
import { memoize } from "../../base/memo.ts";
import {
  ASSISTANT_TOOLS,
  type AssistantToolName,
  assistantToolId,
} from "../../domain/assistant/toolNames.ts";
import type { AppContext } from "../app.ts";

/** What assistants may call, by name. Loaded with the first call. */
export type AssistantTools = ReadonlyMap<AssistantToolName, vscode.LanguageModelTool<object>>;

export const assistantTools = memoize((app: AppContext): AssistantTools => {
  const load = () => import("./answers.ts");
  return new Map(
    ASSISTANT_TOOLS.map((name) => [
      name,
      {
        prepareInvocation: async ({ input }) => (await load()).prepared(app, name, input),
        invoke: async ({ input }, token) => (await load()).answer(app, name, input, token),
      },
    ]),
  );
});

export function registerAssistant(app: AppContext): readonly vscode.Disposable[] {
  return [...assistantTools(app)].map(([name, tool]) =>
    vscode.lm.registerTool(assistantToolId(name), tool),
  );
}
