import type { CapabilityKind } from "../domain/catalogue/capability.ts";
import type { Override, Overrides } from "../domain/catalogue/overrides.ts";
import { parseEntries } from "./parse.ts";

/** An override as a portal reports it: its own and the server's, side by side. */
export interface PortalOverride {
  readonly name: string;
  readonly enabled?: boolean;
  readonly portal_alias?: string;
  readonly portal_description?: string;
  readonly server_alias?: string;
  readonly server_description?: string;
}

const OVERRIDE_FIELDS = {
  enabled: "boolean",
  portal_alias: "string",
  portal_description: "string",
  server_alias: "string",
  server_description: "string",
} as const;

type ReportedOverrides = ReadonlyMap<string, PortalOverride>;

/** The overrides of one server in a portal's answer, split into the portal's and the server's. */
export interface LayeredOverrides {
  /** Under the names of a request. */
  readonly ofPortal: Overrides;
  /** Aliases and descriptions; whether a capability is enabled there isn't told. */
  readonly ofServer: Overrides;
}

/** `updated_tools` or `updated_prompts` of a portal's server. Throws `wrongShape`. */
export function parseLayers({ sent, kind, subject }: Asked): LayeredOverrides {
  const field = kind === "tool" ? "updated_tools" : "updated_prompts";
  const reported = parseEntries(sent, OVERRIDE_FIELDS, subject, field);
  return { ofPortal: ofPortal(reported), ofServer: ofServer(reported) };
}

interface Asked {
  readonly kind: CapabilityKind;
  readonly sent: unknown;
  /** The server's name in messages. */
  readonly subject: string;
}

/**
 * The portal's part, under the names of a request. The server's part is left out: sent back as the
 * portal's own, it would stay when the server's changes.
 */
function ofPortal(reported: ReportedOverrides): Overrides {
  return overridesOf(reported, (entry) => {
    const { portal_alias, portal_description, ...rest } = entry;
    const kept = Object.entries(rest).filter(([key]) => !NOT_REQUESTED.has(key));
    return {
      ...Object.fromEntries(kept),
      name: entry.name,
      ...(portal_alias === undefined ? {} : { alias: portal_alias }),
      ...(portal_description === undefined ? {} : { description: portal_description }),
    };
  });
}

/** Keys of a reported entry that mean something else in a request, or nothing. */
const NOT_REQUESTED = new Set(["server_alias", "server_description", "alias", "description"]);

function ofServer(reported: ReportedOverrides): Overrides {
  return overridesOf(reported, ({ name, server_alias, server_description }) => ({
    name,
    ...(server_alias === undefined ? {} : { alias: server_alias }),
    ...(server_description === undefined ? {} : { description: server_description }),
  }));
}

const NO_OVERRIDES: Overrides = new Map();

/** Without the entries that say nothing. */
function overridesOf(
  reported: ReportedOverrides,
  read: (entry: PortalOverride) => Override,
): Overrides {
  const found = [...reported.values()].flatMap((entry) => {
    const override = read(entry);
    return Object.keys(override).length > 1 ? [[entry.name, override] as const] : [];
  });
  return found.length === 0 ? NO_OVERRIDES : new Map(found);
}
