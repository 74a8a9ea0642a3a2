import { parseArgs } from "node:util";
import * as z from "zod";
import type { EmulatorOptions } from "./emulation.ts";
import type { Size } from "./seeds/generated.ts";
import {
  behaviourSchema,
  DEFAULT_BEHAVIOURS,
  faultSchema,
  MAX_WAIT_MS,
  matchSchema,
  switchesSchema,
  writeSchema,
} from "./switches/schemas.ts";
import { DEMO_TOKENS } from "./upstreams/demo.ts";

export type Command =
  | { readonly kind: "run"; readonly options: EmulatorOptions }
  | { readonly kind: "help" }
  | { readonly kind: "refused"; readonly reason: string };

const LOOPBACK_HOSTS = new Set(["127.0.0.1", "localhost", "::1", "[::1]"]);

export function readCommandLine(args: readonly string[]): Command {
  try {
    return read(args);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { kind: "refused", reason: `${reason}\nTry --help.` };
  }
}

function read(args: readonly string[]): Command {
  const { values } = parseArgs({
    args: [...args],
    options: {
      port: { type: "string", default: "0" },
      host: { type: "string", default: "127.0.0.1" },
      seed: { type: "string", default: "demo" },
      servers: { type: "string" },
      tools: { type: "string" },
      portals: { type: "string" },
      "portal-servers": { type: "string" },
      latency: { type: "string", default: "0" },
      "sync-latency": { type: "string", default: "0" },
      state: { type: "string" },
      changing: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    return { kind: "help" };
  }
  if (!LOOPBACK_HOSTS.has(values.host)) {
    throw new Error(`--host ${values.host}: the emulator listens on loopback only`);
  }
  const { seed, state } = values;
  if (seed !== "demo" && seed !== "empty") {
    throw new Error(`--seed ${seed} must be demo or empty`);
  }
  const generate = size(values);
  if (generate && state !== undefined) {
    throw new Error(
      "--servers can't be combined with --state: a generated account is created each time",
    );
  }
  const options: EmulatorOptions = {
    port: wholeNumber("--port", values.port, 65_535),
    seed,
    latency: wholeNumber("--latency", values.latency, MAX_WAIT_MS),
    syncLatency: wholeNumber("--sync-latency", values["sync-latency"], MAX_WAIT_MS),
    ...(generate ? { generate } : {}),
    ...(state === undefined ? {} : { stateFile: state }),
    ...(values.changing ? { changing: true } : {}),
  };
  return { kind: "run", options };
}

interface SizeOptions {
  readonly servers?: string | undefined;
  readonly tools?: string | undefined;
  readonly portals?: string | undefined;
  readonly "portal-servers"?: string | undefined;
}

function size(values: SizeOptions): Size | undefined {
  const { servers, tools, portals } = values;
  const perPortal = values["portal-servers"];
  if (servers === undefined) {
    const lone = Object.entries({ tools, portals, "portal-servers": perPortal });
    const [name] = lone.find(([, value]) => value !== undefined) ?? [];
    if (name !== undefined) {
      throw new Error(`--${name} needs --servers`);
    }
    return undefined;
  }
  return {
    servers: wholeNumber("--servers", servers, 99_999),
    tools: wholeNumber("--tools", tools ?? "25", 10_000),
    ...(portals === undefined ? {} : { portals: wholeNumber("--portals", portals, 1000) }),
    ...(perPortal === undefined
      ? {}
      : { serversPerPortal: wholeNumber("--portal-servers", perPortal, 80) }),
  };
}

function wholeNumber(name: string, text: string, most: number): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value > most) {
    throw new Error(`${name} ${text} must be a whole number from 0 to ${most}`);
  }
  return value;
}

/** The output of `--help`. The switches are listed from their schemas. */
export function helpText(): string {
  return `${INTRODUCTION}

Switches, as JSON to POST ${CONTROL_ROOT}switches
${rows(switchesSchema.shape)}

  behaviours, in "all" or in "servers": { "<id>": … }
${rows(behaviourSchema.shape, new Map(Object.entries(DEFAULT_BEHAVIOURS)))}

  faults: { "kind", "match", … }
${faultSchema.options.map((option) => row(option.shape.kind.value, option.description)).join("\n")}

  match, of faults and interventions
${rows(matchSchema.shape)}

  write, of an intervention: { "match", "when": "before" | "after", "write" }, and to POST ${CONTROL_ROOT}writes
${rows(writeSchema.shape)}
`;
}

const CONTROL_ROOT = "/__emulator/";

const INTRODUCTION = `Cloudflare's MCP portals API on this machine, for demos, tests and the reproduction of reports.
Prints one line of JSON when it listens: {"url", "accountId", "token", "portals"}. "url" is the whole
API root, "portals" the MCP endpoints of the portals by their ids.

  npm run emulator -- [options]

  --port N            port on loopback; 0, the default, picks a free one
  --seed demo|empty   what a new account holds; demo by default
  --changing          three of the demo's upstreams change with a sync, and not only one
  --servers N         a generated account of N servers instead
  --tools M           with M tools each, about 750 bytes a tool; 25 by default
  --portals P         and so many portals; none by default
  --portal-servers S  each with S of the servers, at most 80; 20 by default
  --latency MS        every request takes that long
  --sync-latency MS   every sync takes that long
  --state FILE        loads the file when it is there, saves after every change
  --host ADDRESS      a loopback address; any other is refused
  --help              this text

The demo account: "database" fails because its token was rotated, setting its credential to
"${DEMO_TOKENS.databaseRotated}" mends it; "wiki" can't be reached; "calendar" has an expired sign-in; nobody has
signed in to "crm"; "docs" changes with every sync; "browser" has poisoned descriptions; "shop" has an
alias that collides and an override whose tool is gone; "back-office" has 140 tools; "observability" has
a tool, list_dashboards, whose input schema isn't valid, so that VS Code leaves it out.

Portals stand at http://127.0.0.1:PORT/portals/<account>/<portal>/mcp instead of https://<host>/mcp, with a
sign-in that asks for no password, and show what DNS records, Access applications and policies let
through. In the demo "docs" is hidden: its application has no policy.

Control, next to the API and with its token: http://127.0.0.1:PORT/__emulator/…
  GET log, DELETE log        the requests since the start or the last DELETE
  POST switches              sets what is given, adds faults and interventions
  DELETE switches            back to what the command line said
  POST writes                a write by somebody else, now
  POST clock                 {"advance": MS} moves the emulator's time forward
  POST sync                  the background sync, now
  POST tokens                {"name", "permission"?, "owner"?, "status"?, …}; answers the token
  DELETE tokens              {"secret"}; from now on nobody knows that token
  POST authorizations        {"server", "accessToken"}; a user signs in to a server with manual OAuth
  POST accounts              {"id", "name"}; 32 hex digits
  GET portals                the MCP endpoints of the portals as they are now
  GET state                  everything that is stored, with the upstreams' credentials`;

type Shape = Readonly<Record<string, z.ZodType>>;

function rows(shape: Shape, defaults: ReadonlyMap<string, unknown> = new Map()): string {
  return Object.entries(shape)
    .map(([name, schema]) => {
      const fallback = defaults.has(name) ? ` [${JSON.stringify(defaults.get(name))}]` : "";
      return row(name, `${described(schema)}${fallback}`);
    })
    .join("\n");
}

function row(name: string, text = ""): string {
  return `  ${name.padEnd(22)} ${text}`;
}

function described(schema: z.ZodType): string {
  const values = schema instanceof z.ZodEnum ? ` (${schema.options.join(" | ")})` : "";
  return `${schema.description ?? ""}${values}`;
}
