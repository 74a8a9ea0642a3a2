import * as vscode from "vscode";
import { FILE_SCHEME, LANGUAGES, SCHEME } from "../../manifest.ts";
import type { AppContext } from "../app.ts";
import type { ProblemsIn } from "./fileFeatures.ts";

/** What files of servers and portals in the workspace need. Loaded with the first of them. */
export function registerFiles(
  app: AppContext,
  problemsIn: ProblemsIn,
): readonly vscode.Disposable[] {
  const sides = new vscode.EventEmitter<vscode.Uri>();
  let loading: Promise<vscode.Disposable> | undefined;
  const see = ({ languageId, uri }: vscode.TextDocument): void => {
    if (LANGUAGES.some((each) => each === languageId) && !uri.scheme.startsWith(SCHEME)) {
      loading ??= import("./fileFeatures.ts").then(({ registerFileFeatures }) =>
        registerFileFeatures(app, problemsIn, (side) => sides.fire(side)),
      );
    }
  };
  vscode.workspace.textDocuments.forEach(see);
  return [
    sides,
    vscode.workspace.onDidOpenTextDocument(see),
    vscode.workspace.registerTextDocumentContentProvider(FILE_SCHEME, {
      onDidChange: sides.event,
      provideTextDocumentContent: async (uri) => {
        const { accountSide } = await import("./fileDifference.ts");
        return accountSide(app.store.state, uri);
      },
    }),
    { dispose: () => void loading?.then((loaded) => loaded.dispose()) },
  ];
}
