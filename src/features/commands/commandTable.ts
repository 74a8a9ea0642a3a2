import {
  type CapabilityTarget,
  COMMANDS,
  type CommandArguments,
  type CommandId,
  PRESSED,
  type Target,
} from "../../manifest.ts";

/** What has to be there before a command makes sense. `servers` means on screen. */
interface Requirements {
  readonly needs: "nothing" | "account" | "servers";
  /** Whether it is pointless where nothing on screen may be changed. */
  readonly writes: boolean;
}

const NOTHING: Requirements = { needs: "nothing", writes: false };
const ACCOUNT: Requirements = { needs: "account", writes: false };
const READ: Requirements = { needs: "servers", writes: false };
const WRITE: Requirements = { needs: "servers", writes: true };

/** The palette's `when` clauses say the same; a test holds them to it. */
export const REQUIREMENTS: Readonly<Record<CommandId, Requirements>> = {
  "mcpPortals.signIn": NOTHING,
  "mcpPortals.signOut": ACCOUNT,
  "mcpPortals.switchAccount": ACCOUNT,
  "mcpPortals.openDemo": NOTHING,
  "mcpPortals.openWalkthrough": NOTHING,
  "mcpPortals.refresh": ACCOUNT,
  "mcpPortals.syncServer": WRITE,
  "mcpPortals.syncAll": WRITE,
  "mcpPortals.cancelSync": NOTHING,
  "mcpPortals.enable": WRITE,
  "mcpPortals.disable": WRITE,
  "mcpPortals.editAlias": WRITE,
  "mcpPortals.editDescription": WRITE,
  "mcpPortals.addServer": { needs: "account", writes: true },
  "mcpPortals.editServer": WRITE,
  "mcpPortals.deleteServer": WRITE,
  "mcpPortals.undo": { needs: "account", writes: true },
  "mcpPortals.toggle": NOTHING,
  "mcpPortals.showNewer": READ,
  "mcpPortals.resetOverrides": WRITE,
  "mcpPortals.fixProblems": WRITE,
  "mcpPortals.fixAll": WRITE,
  "mcpPortals.find": READ,
  "mcpPortals.filter": READ,
  "mcpPortals.clearFilter": NOTHING,
  "mcpPortals.manageIgnored": NOTHING,
  "mcpPortals.openDefinition": READ,
  "mcpPortals.openServer": READ,
  "mcpPortals.copyExposedName": READ,
  "mcpPortals.copyUrl": READ,
  "mcpPortals.openDashboard": READ,
  "mcpPortals.setUpstreamCredentials": WRITE,
  "mcpPortals.showLog": NOTHING,
  "mcpPortals.showStatusMenu": NOTHING,
  "mcpPortals.openAtCapability": READ,
};

/**
 * Anyone can call a command with anything: what isn't a row or a text counts as not given. The tree
 * gives the row, and the selection where the row is part of it.
 * @param pressed the row that a key was pressed on
 */
export function readArguments(
  [first, second, third]: readonly unknown[],
  pressed: Target | undefined,
): CommandArguments {
  const text = typeof third === "string" ? third : undefined;
  if (first === PRESSED) {
    return { rows: pressed === undefined ? [] : [pressed], text };
  }
  if (!isTarget(first)) {
    return { rows: undefined, text };
  }
  const selection = Array.isArray(second) ? second.filter(isTarget) : [];
  return { rows: selection.length > 0 ? selection : [first], text };
}

/** What stands on rows and isn't a button of the view as well. A test holds it to the menus. */
export const ROW_COMMANDS: ReadonlySet<CommandId> = new Set([
  COMMANDS.syncServer,
  COMMANDS.enable,
  COMMANDS.disable,
  COMMANDS.editAlias,
  COMMANDS.editDescription,
  COMMANDS.editServer,
  COMMANDS.deleteServer,
  COMMANDS.resetOverrides,
  COMMANDS.fixProblems,
  COMMANDS.openDefinition,
  COMMANDS.openServer,
  COMMANDS.copyExposedName,
  COMMANDS.copyUrl,
  COMMANDS.openDashboard,
  COMMANDS.setUpstreamCredentials,
]);

/**
 * A menu of the tree hands over a row and the selection, the palette nothing. While VS Code draws
 * rows anew it has forgotten them, and a click on one comes without it. The view's own buttons come
 * like that too, where the view shares a container with others.
 */
export function isRowForgotten(id: CommandId, args: readonly unknown[]): boolean {
  const [row] = args;
  return ROW_COMMANDS.has(id) && args.length === 2 && (row === undefined || row === null);
}

function isKind(value: unknown): value is CapabilityTarget["kind"] {
  return value === "tool" || value === "prompt";
}

function isTarget(value: unknown): value is Target {
  if (typeof value !== "object" || value === null || !("kind" in value)) {
    return false;
  }
  const has = (key: string): boolean => typeof Reflect.get(value, key) === "string";
  switch (value.kind) {
    case "account":
      return has("accountId");
    case "server":
      return has("accountId") && has("serverId");
    case "group":
      return has("accountId") && has("serverId") && "of" in value && isKind(value.of);
    case "tool":
    case "prompt":
      return has("accountId") && has("serverId") && has("name");
    default:
      return false;
  }
}
