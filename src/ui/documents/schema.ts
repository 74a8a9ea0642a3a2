import * as vscode from "vscode";

/**
 * What JSON's own service knows of a server's document: types and what each property is for. Patterns,
 * lengths and names are checked here and not there, or people would read of them twice. Made by code,
 * because a file would be in one language.
 */
export function documentSchema(): string {
  return JSON.stringify(schema());
}

function schema(): object {
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: vscode.l10n.t("MCP server"),
    type: "object",
    properties: {
      name: {
        type: "string",
        description: vscode.l10n.t(
          "The server's name, as people see it. Left out, it stays as it is.",
        ),
      },
      description: {
        type: ["string", "null"],
        description: vscode.l10n.t(
          "What the server is for. {0} clears it; left out, it stays as it is.",
          "null",
        ),
      },
      secure_web_gateway: {
        type: "boolean",
        description: vscode.l10n.t(
          "Whether requests to the upstream go through Cloudflare Gateway.",
        ),
      },
      is_shared_oauth_callback_enabled: {
        type: "boolean",
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
    type: "object",
    description,
    additionalProperties: {
      type: "object",
      properties: {
        enabled: {
          type: "boolean",
          default: true,
          description: vscode.l10n.t("Whether portals offer it at all."),
        },
        alias: {
          type: "string",
          description: vscode.l10n.t(
            "The name under which clients see it, without the server's prefix.",
          ),
        },
        description: {
          type: "string",
          description: vscode.l10n.t(
            "What clients read of it instead of the upstream's own description.",
          ),
        },
      },
    },
  };
}
