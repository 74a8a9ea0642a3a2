import type { ManagedOauth } from "../access/accessApp.ts";
import type { ClientId } from "../clients/clientIds.ts";

/**
 * Where a client wants to be sent back to after the sign-in; it needs one of them. None for a client
 * of which it isn't known. Port 0 stands for any port.
 *
 * Sources: VS Code's and Cursor's documentation of MCP, Claude Code's of `--callback-port`, Gemini
 * CLI's of `oauth.redirectUri`, and Codex's of `mcp_oauth_callback_port`.
 */
export const REDIRECT_URIS: Readonly<Record<ClientId, readonly string[]>> = {
  // VS Code registers all of them at once, and a server may refuse all for one.
  vscode: [
    "https://vscode.dev/redirect",
    "https://insiders.vscode.dev/redirect",
    "http://127.0.0.1:33418",
  ],
  "claude-code": ["http://localhost:0/callback"],
  cursor: ["http://localhost:8787/callback", "cursor://anysphere.cursor-mcp/oauth/callback"],
  openai: [],
  codex: ["http://127.0.0.1:0/callback", "http://localhost:0/callback"],
  gemini: ["http://localhost:7777/oauth/callback"],
  windsurf: [],
};

/** True when a client with this redirect URI may register. */
export function mayRegister(oauth: ManagedOauth, redirectUri: string): boolean {
  const url = URL.parse(redirectUri);
  if (url?.hostname === "localhost" && oauth.anyLocalhost) {
    return true;
  }
  if ((url?.hostname === "127.0.0.1" || url?.hostname === "[::1]") && oauth.anyLoopback) {
    return true;
  }
  return oauth.allowedUris.some((allowed) =>
    allowed.endsWith("/*")
      ? redirectUri.startsWith(allowed.slice(0, -1))
      : withoutPort(allowed) === withoutPort(redirectUri) || allowed === redirectUri,
  );
}

/** An allowed address of this machine with another port may be the one that is meant. */
function withoutPort(uri: string): string {
  const url = URL.parse(uri);
  if (url === null || !/^(localhost|127\.0\.0\.1|\[::1\])$/.test(url.hostname)) {
    return uri;
  }
  url.port = "";
  return url.href;
}

/** True when no client at all may register. */
export function isClosed({ enabled, registers, ...oauth }: ManagedOauth): boolean {
  const isEmpty = !oauth.anyLocalhost && !oauth.anyLoopback && oauth.allowedUris.length === 0;
  return enabled === false || registers === false || isEmpty;
}
