import * as vscode from "vscode";
import { LANGUAGE } from "../../manifest.ts";
import { onDocument } from "./openDocuments.ts";

/**
 * The JSON schema of a server's document, for completion and hover. It has no types, because our
 * own checks report wrong values and people would see each of them twice. It is made by code,
 * because a file would be in one language.
 */
export function documentSchema(): string {
  return JSON.stringify(schema());
}

/** The body of a proposed text; the cursor is placed inside. */
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
          "The server's tools, by the upstream's names. A tool without an entry has no override.",
        ),
      ),
      prompts: overrides(
        vscode.l10n.t(
          "The server's prompts, by the upstream's names. A prompt without an entry has no override.",
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
          description: vscode.l10n.t("Whether portals expose it."),
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
            "The description that clients read in place of the upstream's.",
          ),
        },
      },
    },
  };
}

const SERVICE = "vscode.json-language-features";

/**
 * VS Code's JSON service starts only for JSON files. Without this our documents would have no
 * completion and hover.
 */
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

/** True when VS Code itself marks JSON syntax errors in the document. */
export function marksSyntax({ languageId }: vscode.TextDocument): boolean {
  return (
    languageId === LANGUAGE &&
    vscode.extensions.getExtension(SERVICE)?.isActive === true &&
    vscode.workspace.getConfiguration("json").get("validate.enable") !== false
  );
}
