/** A client to which somebody gives a portal's address in a file of its own. */
export interface ConfiguredClient {
  readonly name: string;
  /** Where the text belongs, as the client's documentation says. */
  readonly file: string;
  /** The part of the file that adds the portal. */
  text(portal: ConfiguredPortal): string;
}

export interface ConfiguredPortal {
  /** The key of the entry. Small letters, digits and hyphens, which every client takes. */
  readonly id: string;
  readonly url: string;
}

/** By the names that people know. No text has a credential in it: each client signs in by itself. */
export const CONFIGURED_CLIENTS: readonly ConfiguredClient[] = [
  {
    name: "Claude Code",
    // Source: code.claude.com/docs/en/mcp, "Project scope".
    file: ".mcp.json",
    text: ({ id, url }) => json({ mcpServers: { [id]: { type: "http", url } } }),
  },
  {
    name: "Claude Desktop",
    // Its file takes programs alone, so a program passes everything on. Source: mcp-remote's README.
    file: "claude_desktop_config.json",
    text: ({ id, url }) =>
      json({ mcpServers: { [id]: { command: "npx", args: ["-y", "mcp-remote", url] } } }),
  },
  {
    name: "Cursor",
    // Source: cursor.com/docs/context/mcp, "Remote server".
    file: ".cursor/mcp.json",
    text: ({ id, url }) => json({ mcpServers: { [id]: { url } } }),
  },
  {
    name: "Codex",
    // Source: developers.openai.com/codex/mcp. A TOML string takes JSON's escapes.
    file: "~/.codex/config.toml",
    text: ({ id, url }) => `[mcp_servers.${id}]\nurl = ${JSON.stringify(url)}\n`,
  },
  {
    name: "Gemini CLI",
    // With `url` it would expect SSE. Source: geminicli.com/docs/tools/mcp-server.
    file: ".gemini/settings.json",
    text: ({ id, url }) => json({ mcpServers: { [id]: { httpUrl: url } } }),
  },
  {
    name: "Windsurf",
    // Source: docs.windsurf.com/windsurf/cascade/mcp, "Remote HTTP MCPs".
    file: "~/.codeium/windsurf/mcp_config.json",
    text: ({ id, url }) => json({ mcpServers: { [id]: { serverUrl: url } } }),
  },
  {
    name: "Zed",
    // Source: zed.dev/docs/ai/mcp, "As Custom Servers".
    file: "settings.json",
    text: ({ id, url }) => json({ context_servers: { [id]: { url } } }),
  },
];

function json(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
