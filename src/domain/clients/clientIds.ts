/** The clients whose behaviour is known, in the order in which they are shown. */
export const CLIENTS = [
  "vscode",
  "claude-code",
  "cursor",
  "openai",
  "codex",
  "gemini",
  "windsurf",
] as const;
export type ClientId = (typeof CLIENTS)[number];

/** The clients whose limits the checks apply while nobody has chosen others. */
export const DEFAULT_CLIENTS: readonly ClientId[] = ["vscode", "claude-code", "cursor", "openai"];

/** The clients that a setting names. Anything else in it is ignored; without a list it is the default. */
export function clientsIn(setting: unknown): ReadonlySet<ClientId> {
  return new Set(
    Array.isArray(setting) ? CLIENTS.filter((client) => setting.includes(client)) : DEFAULT_CLIENTS,
  );
}

/** A likely name: the user's own name for the portal in a client isn't known here. */
export const PORTAL_IN_CLIENT = "cloudflare";
