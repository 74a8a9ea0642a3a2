import * as l10n from "@vscode/l10n";

/** The JSON schema of the file of the waivers, in the draft that VS Code's JSON editor knows best. */
export function waiversSchemaText(): string {
  const text = (description: string) => ({ type: "string", pattern: "\\S", description });
  const schema = {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: l10n.t("Waivers of MCP Portals for Cloudflare"),
    type: "object",
    required: ["waivers"],
    additionalProperties: false,
    properties: {
      $schema: { type: "string" },
      waivers: {
        type: "array",
        items: {
          type: "object",
          required: ["rule", "reason"],
          anyOf: [{ required: ["server"] }, { required: ["portal"] }],
          additionalProperties: false,
          properties: {
            rule: text(l10n.t("The id of the check, such as {0}.", "name/over-64")),
            server: text(l10n.t("The id of the server. Left out, the waiver fits every server.")),
            portal: text(
              l10n.t("The id of the portal. Left out, the waiver fits servers and every portal."),
            ),
            name: text(
              l10n.t("The upstream's name of the tool or prompt. Left out, it fits all of them."),
            ),
            reason: text(l10n.t("Why the problem is accepted.")),
            expires: {
              type: "string",
              pattern: "^\\d{4}-\\d{2}-\\d{2}$",
              description: l10n.t(
                "The last day on which the waiver holds. Left out, it holds for ever.",
              ),
            },
          },
        },
      },
    },
  };
  return `${JSON.stringify(schema, undefined, 2)}\n`;
}
