import { type ClientId, PORTAL_IN_CLIENT } from "./clientIds.ts";

/** How a client names the tools of one server. */
export interface Naming {
  /** What stands before the exposed name. @param server the server's name in the client */
  prefix(server: string): string;
  /** The longest that the prefix gets, where the client doesn't make it of the server's name alone. */
  readonly longestPrefix?: number;
  /** What counts towards the longest name beside the name itself; left out where nothing does. */
  counted?(server: string): number;
  /** The longest name in characters; left out where there is no limit. */
  readonly most?: number;
  /** The characters that become `_`, as a global expression. */
  readonly replaced?: RegExp;
  /** Makes a name that is too long fit. */
  shorten?(name: string): string;
}

const ODD_CHARACTERS = /[^a-zA-Z0-9_-]/g;

/** With `mcp_` and the `_` at its end. */
const VSCODE_PREFIX_MOST = 18;
/** SHA-1 in hexadecimal digits. */
const CODEX_HASH_LENGTH = 40;
const GEMINI_START = 28;
const GEMINI_GAP = "___";
const GEMINI_MOST = 63;

/**
 * How each client makes names. The sources stand in the tables, which say what becomes of a name
 * that doesn't fit. This is apart from them because every window needs it from the start.
 */
export const NAMINGS = {
  vscode: {
    // 1.110 makes it of the server's label, 1.139 of what the server calls itself.
    prefix(server) {
      const own = server.toLowerCase().replace(/[^a-z0-9_]+/g, "_");
      return `mcp_${own.slice(0, VSCODE_PREFIX_MOST - "mcp__".length)}_`;
    },
    longestPrefix: VSCODE_PREFIX_MOST,
    most: 64,
    replaced: ODD_CHARACTERS,
    shorten: (name) => name.slice(0, 64),
  },
  "claude-code": {
    prefix: (server) => `mcp__${server.replace(ODD_CHARACTERS, "_")}__`,
    most: 128,
    replaced: ODD_CHARACTERS,
  },
  cursor: { prefix: () => "", counted: (server) => server.length, most: 60 },
  openai: { prefix: () => "", most: 64 },
  codex: {
    prefix: (server) => `mcp__${server}__`,
    most: 64,
    replaced: ODD_CHARACTERS,
    // The last characters are a hash, which isn't computed here.
    shorten: (name) => `${name.slice(0, 64 - CODEX_HASH_LENGTH)}…`,
  },
  gemini: {
    prefix: () => "",
    most: GEMINI_MOST,
    shorten(name) {
      const end = name.slice(GEMINI_START + GEMINI_GAP.length - GEMINI_MOST);
      return name.slice(0, GEMINI_START) + GEMINI_GAP + end;
    },
  },
  windsurf: { prefix: () => "" },
} satisfies Readonly<Record<ClientId, Naming>>;

/** The name that a client uses for a tool: with its prefix and characters, and as long as it takes. */
export function toolNameIn(naming: Naming, exposedName: string, server: string): string {
  const { most, replaced, shorten } = naming;
  const whole = naming.prefix(server) + exposedName;
  const name = replaced === undefined ? whole : whole.replace(replaced, "_");
  if (shorten === undefined || most === undefined || name.length <= most) {
    return name;
  }
  return shorten(name);
}

/** What a client adds to the length of an exposed name before it compares it with its limit. */
export function nameOverhead(naming: Naming, server: string): number {
  return naming.prefix(server).length + (naming.counted?.(server) ?? 0);
}

/** True where the client minds the length of a name. */
export function isTooLong(naming: Naming, exposedName: string, server: string): boolean {
  const { most } = naming;
  return most !== undefined && exposedName.length + nameOverhead(naming, server) > most;
}

/** The longest exposed name that fits whatever the prefix is; infinite where there is no limit. */
export function longestExposedName(client: ClientId): number {
  const naming: Naming = NAMINGS[client];
  const prefix = naming.longestPrefix ?? nameOverhead(naming, PORTAL_IN_CLIENT);
  return (naming.most ?? Number.POSITIVE_INFINITY) - prefix;
}
