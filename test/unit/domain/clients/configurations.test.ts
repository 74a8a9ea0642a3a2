import { deepEqual, equal } from "node:assert/strict";
import { CONFIGURED_CLIENTS } from "../../../../src/domain/clients/configurations.ts";

const PORTAL = { id: "support", url: 'https://mcp.example.com/mcp?a="b"' };

/** What each client's documentation shows for a remote server. */
const DOCUMENTED: Readonly<Record<string, unknown>> = {
  "Claude Code": { mcpServers: { support: { type: "http", url: PORTAL.url } } },
  "Claude Desktop": {
    mcpServers: { support: { command: "npx", args: ["-y", "mcp-remote", PORTAL.url] } },
  },
  Cursor: { mcpServers: { support: { url: PORTAL.url } } },
  "Gemini CLI": { mcpServers: { support: { httpUrl: PORTAL.url } } },
  Windsurf: { mcpServers: { support: { serverUrl: PORTAL.url } } },
  Zed: { context_servers: { support: { url: PORTAL.url } } },
};

describe("The configuration of a client", () => {
  for (const { name, text } of CONFIGURED_CLIENTS) {
    it(`is what its documentation shows: ${name}`, () => {
      if (name === "Codex") {
        equal(
          text(PORTAL),
          '[mcp_servers.support]\nurl = "https://mcp.example.com/mcp?a=\\"b\\""\n',
        );
        return;
      }
      deepEqual(JSON.parse(text(PORTAL)), DOCUMENTED[name]);
    });
  }
});
