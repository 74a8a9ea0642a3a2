import * as vscode from "vscode";
import { LANGUAGE } from "../../manifest.ts";
import { onDocument } from "./openDocuments.ts";

/**
 * What JSON's own service knows of a server's document: what can be written and what it is for. It
 * has no types in it: what is wrong is told here and not there, or people would read of it twice.
 * Made by code, because a file would be in one language.
 */
export function documentSchema(): string {
  return JSON.stringify(schema());
}

/** What is proposed as a value: the cursor stands in the text. */
const TEXT = { body: "$1" };
const NULL = { body: null };
const FLAGS = [{ body: true }, { body: false }];

function schema(): object {
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: vscode.l10n.t("MCP server"),
    properties: {
      name: {
        defaultSnippets: [TEXT],
        description: vscode.l10n.t(
          "The server's name, as people see it. Left out, it stays as it is.",
        ),
      },
      description: {
        defaultSnippets: [TEXT, NULL],
        description: vscode.l10n.t(
          "What the server is for. {0} clears it; left out, it stays as it is.",
          "null",
        ),
      },
      secure_web_gateway: {
        defaultSnippets: FLAGS,
        description: vscode.l10n.t(
          "Whether requests to the upstream go through Cloudflare Gateway.",
        ),
      },
      is_shared_oauth_callback_enabled: {
        defaultSnippets: FLAGS,
        description: vscode.l10n.t("Whether portals share one OAuth callback for this server."),
      },
      tools: overrides(
        vscode.l10n.t(
          "The server's tools by their name at the upstream. An entry that is removed means: no override.",
        ),
      ),
      prompts: overrides(
        vscode.l10n.t(
          "The server's prompts by their name at the upstream. An entry that is removed means: no override.",
        ),
      ),
    },
  };
}

function overrides(description: string): object {
  return {
    description,
    properties: {},
    additionalProperties: {
      properties: {
        enabled: {
          defaultSnippets: FLAGS,
          description: vscode.l10n.t("Whether portals offer it at all."),
        },
        alias: {
          defaultSnippets: [TEXT],
          description: vscode.l10n.t(
            "The name under which clients see it, without the server's prefix.",
          ),
        },
        description: {
          defaultSnippets: [TEXT],
          description: vscode.l10n.t(
            "What clients read of it instead of the upstream's own description.",
          ),
        },
      },
    },
  };
}

const SERVICE = "vscode.json-language-features";

/** It wakes for JSON files alone, and would leave our documents without completion and hover. */
export function wakeJsonService(): vscode.Disposable {
  let awake = false;
  return onDocument(() => {
    if (awake) {
      return;
    }
    awake = true;
    vscode.extensions
      .getExtension(SERVICE)
      ?.activate()
      .then(undefined, () => undefined);
  });
}

/** Whether VS Code itself marks in a document what isn't JSON. */
export function marksSyntax({ languageId }: vscode.TextDocument): boolean {
  return (
    languageId === LANGUAGE &&
    vscode.extensions.getExtension(SERVICE)?.isActive === true &&
    vscode.workspace.getConfiguration("json").get("validate.enable") !== false
  );
}
