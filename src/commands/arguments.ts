import type { RowArguments, Target } from "../contributions.ts";

/** Anyone can call a command with anything: what isn't a row or a text counts as not given. */
export function readArguments([first, second, third]: readonly unknown[]): RowArguments {
  return {
    target: first === "selection" || isTarget(first) ? first : undefined,
    targets: Array.isArray(second) ? second.filter(isTarget) : [],
    text: typeof third === "string" ? third : undefined,
  };
}

/**
 * A menu of the tree hands over a row and the selection, the palette nothing. While VS Code draws
 * rows anew it has forgotten them, and a click on one comes without it.
 */
export function isRowForgotten(args: readonly unknown[]): boolean {
  const [row] = args;
  return args.length === 2 && (row === undefined || row === null);
}

function isTarget(value: unknown): value is Target {
  if (typeof value !== "object" || value === null || !("kind" in value)) return false;
  const has = (key: string): boolean => typeof Reflect.get(value, key) === "string";
  switch (value.kind) {
    case "account":
      return has("accountId");
    case "server":
      return has("accountId") && has("serverId");
    case "group":
      return has("accountId") && has("serverId") && has("of");
    case "tool":
    case "prompt":
      return has("accountId") && has("serverId") && has("name");
    default:
      return false;
  }
}
