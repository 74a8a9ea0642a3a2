import type { Emulator } from "../../../../src/emulator/start.ts";
import {
  CODE_MODES,
  type Mapping,
  type OverrideEntry,
  type PortalRecord,
  type ServerRecord,
} from "../../../../src/emulator/state/records.ts";
import type { Dice } from "../../engine/support/dice.ts";

const AT = "2026-01-01T00:00:00.000000Z";
const BY = "somebody@example.com";
const WHO = { created_at: AT, created_by: BY, modified_at: AT, modified_by: BY };

/** Names that objects, patterns and paths have a meaning of their own for are among them. */
const NAMES = ["search", "get_page", "__proto__", "constructor", "a-b", "list.all", "Ünïcode", "x"];
const TEXTS = ["Reads a page", "", 'Says "no" to $this and \\ that', "Two\nlines", "Größe 漢字 🙂"];

/** Fills an account, of which nothing is left, with a few servers and portals. */
export function generateAccount({ control }: Emulator, dice: Dice): void {
  const [account] = control.state();
  for (const { id } of account?.portals ?? []) {
    control.write({ portal: id, delete: true });
  }
  for (const { id } of account?.servers ?? []) {
    control.write({ server: id, delete: true });
  }
  const servers = Array.from({ length: 1 + dice.below(3) }, (_, index) => newServer(dice, index));
  for (const server of servers) {
    control.write({ server: server.id, patch: server });
  }
  for (let index = 0; index < 1 + dice.below(2); index += 1) {
    const portal = newPortal(dice, index, servers);
    control.write({ portal: portal.id, patch: portal });
  }
}

/** Changes some of what a file can say, as somebody else. */
export function changeElsewhere({ control }: Emulator, dice: Dice): void {
  const [account] = control.state();
  const servers = account?.servers ?? [];
  for (const server of servers) {
    const { name, description, secure_web_gateway, updated_tools, updated_prompts } = newServer(
      dice,
      0,
      server,
    );
    if (dice.chance(0.7)) {
      const patch = { name, description, secure_web_gateway, updated_tools, updated_prompts };
      control.write({ server: server.id, patch });
    }
  }
  for (const { id } of account?.portals ?? []) {
    const {
      name,
      description,
      code_mode,
      secure_web_gateway,
      servers: mapped,
    } = newPortal(dice, 0, servers);
    const patch = { name, description, code_mode, secure_web_gateway, servers: mapped };
    control.write(dice.chance(0.2) ? { portal: id, delete: true } : { portal: id, patch });
  }
}

/** What users get of an account, and what else a file says of it, whichever layer it comes from. */
export function meaningOf({ control }: Emulator): unknown {
  const [account] = control.state();
  const servers = new Map(account?.servers.map((server) => [server.id, server]));
  return {
    servers: [...servers.values()].map((server) => ({
      ...settingsOf(server),
      tools: exposedBy(server.tools, server.updated_tools),
      prompts: exposedBy(server.prompts, server.updated_prompts),
    })),
    portals: account?.portals.toSorted(byId).map((portal) => ({
      ...settingsOf(portal),
      code_mode: portal.code_mode,
      servers: portal.servers
        .map((mapping) => mappingMeaning(mapping, servers.get(mapping.server_id)))
        .sort(byId),
    })),
  };
}

const byId = (one: { readonly id: string }, other: { readonly id: string }): number =>
  one.id.localeCompare(other.id);

function settingsOf({ id, name, description, secure_web_gateway }: ServerRecord | PortalRecord) {
  return { id, name, description: description ?? "", secure_web_gateway };
}

function mappingMeaning(mapping: Mapping, server: ServerRecord | undefined) {
  const { server_id: id, default_disabled, on_behalf } = mapping;
  const through = (
    definitions: readonly unknown[],
    below: readonly OverrideEntry[],
    above: readonly OverrideEntry[],
  ) => {
    const onServer = exposedBy(definitions, below);
    return exposedBy(onServer, above, !default_disabled).map((tool, index) => ({
      ...tool,
      enabled: tool.enabled && onServer[index]?.enabled === true,
    }));
  };
  return {
    id,
    default_disabled,
    on_behalf,
    tools: through(server?.tools ?? [], server?.updated_tools ?? [], mapping.updated_tools),
    prompts: through(server?.prompts ?? [], server?.updated_prompts ?? [], mapping.updated_prompts),
  };
}

/** Definitions under the names and descriptions that overrides give them. */
function exposedBy(
  definitions: readonly unknown[],
  overrides: readonly OverrideEntry[],
  isOn = true,
) {
  const all = definitions.map((definition) => {
    const known = definition as Definition;
    const override = overrides.find(({ name }) => name === known.name);
    const description = override?.description ?? known.description;
    const label = override?.alias ?? known.label ?? known.name;
    return { name: known.name, label, description, enabled: override?.enabled ?? isOn };
  });
  return all;
}

interface Definition {
  readonly name: string;
  readonly label?: string;
  readonly description?: string;
}

function newServer(dice: Dice, index: number, known?: ServerRecord): ServerRecord {
  const tools = known?.tools ?? definitions(dice);
  const prompts = known?.prompts ?? definitions(dice);
  return {
    id: `server-${index}`,
    name: `Server ${dice.below(100)}`,
    description: dice.chance(0.3) ? null : textOf(dice),
    hostname: `https://server-${index}.example/mcp`,
    auth_type: "unauthenticated",
    authentication_status: "not_required",
    auth_config_summary: null,
    status: "ready",
    is_shared_oauth_callback_enabled: false,
    secure_web_gateway: dice.chance(0.5),
    ...WHO,
    tools,
    prompts,
    updated_tools: overridesOf(dice, tools, "tool"),
    updated_prompts: overridesOf(dice, prompts, "prompt"),
    secret: { kind: "none" },
  };
}

function newPortal(dice: Dice, index: number, servers: readonly ServerRecord[]): PortalRecord {
  const mapped = servers
    .filter(() => dice.chance(0.7))
    .map(
      ({ id, tools, prompts }): Mapping => ({
        server_id: id,
        default_disabled: dice.chance(0.4),
        on_behalf: dice.chance(0.5),
        updated_tools: [...overridesOf(dice, tools, "portal_tool")],
        updated_prompts: [...overridesOf(dice, prompts, "portal_prompt")],
      }),
    );
  return {
    id: `portal-${index}`,
    name: `Portal ${dice.below(100)}`,
    hostname: `portal-${index}.example.com`,
    ...(dice.chance(0.5) ? { description: textOf(dice) } : {}),
    secure_web_gateway: dice.chance(0.5),
    code_mode: dice.pick([...CODE_MODES]),
    ...WHO,
    servers: mapped,
  };
}

function definitions(dice: Dice): readonly unknown[] {
  return NAMES.filter(() => dice.chance(0.5)).map((name) => ({
    name,
    description: textOf(dice),
    inputSchema: { type: "object", properties: {} },
  }));
}

/** @param prefix of the aliases, because Cloudflare refuses two of the same on one server */
function overridesOf(
  dice: Dice,
  definitions: readonly unknown[],
  prefix: string,
): readonly OverrideEntry[] {
  return definitions
    .filter(() => dice.chance(0.5))
    .map((definition, index) => ({
      name: (definition as Definition).name,
      ...(dice.chance(0.5) ? { enabled: dice.chance(0.5) } : {}),
      ...(dice.chance(0.4) ? { alias: `${prefix}_${index}_${dice.below(10)}` } : {}),
      ...(dice.chance(0.4) ? { description: `${textOf(dice)}!` } : {}),
    }));
}

function textOf(dice: Dice): string {
  return TEXTS[dice.below(TEXTS.length)] ?? "";
}
