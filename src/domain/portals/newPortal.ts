import * as l10n from "@vscode/l10n";
import * as v from "valibot";
import { readJson } from "../../base/json.ts";
import { aboutLength, isId } from "../servers/newServer.ts";
import { mappingPatch } from "./patch.ts";
import type { NewPortal, Portal } from "./portal.ts";

/** The most servers that a portal takes. Source: Cloudflare docs, "Limitations". */
export const MOST_SERVERS = 80;

/** Limits of the API, in characters. */
const ID_MAX_LENGTH = 32;
const NAME_MAX_LENGTH = 350;
const DESCRIPTION_MAX_LENGTH = 512;
const HOSTNAME_MAX_LENGTH = 253;

const HOSTNAME = /^(?:[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?\.)+[a-z]{2,63}$/iu;

/** Why a text can't be the id of a new portal; undefined when it can. */
export function portalIdProblem(id: string, taken: ReadonlySet<string>): string | undefined {
  if (id === "") {
    return l10n.t("A portal needs an id.");
  }
  if (id.length > ID_MAX_LENGTH) {
    return aboutLength(id, ID_MAX_LENGTH);
  }
  if (!isId(id)) {
    return l10n.t("An id is made of small letters and digits, with single hyphens between them.");
  }
  return taken.has(id) ? l10n.t("There is a portal with this id already.") : undefined;
}

export function portalNameProblem(name: string): string | undefined {
  if (name.trim() === "") {
    return l10n.t("A portal needs a name.");
  }
  return name.length > NAME_MAX_LENGTH ? aboutLength(name, NAME_MAX_LENGTH) : undefined;
}

export function portalDescriptionProblem(description: string): string | undefined {
  return description.length > DESCRIPTION_MAX_LENGTH
    ? aboutLength(description, DESCRIPTION_MAX_LENGTH)
    : undefined;
}

/** @param taken the hosts of other portals, in small letters: Cloudflare refuses a second portal */
export function portalHostProblem(
  hostname: string,
  taken: ReadonlyMap<string, string>,
): string | undefined {
  if (hostname.length > HOSTNAME_MAX_LENGTH) {
    return aboutLength(hostname, HOSTNAME_MAX_LENGTH);
  }
  if (!HOSTNAME.test(hostname)) {
    return l10n.t("A host name without a scheme, such as {0}.", "mcp.example.com");
  }
  const holder = taken.get(hostname.toLowerCase());
  return holder === undefined ? undefined : l10n.t("{0} has this host already.", holder);
}

/**
 * A host for a new portal in the domain of another portal, of which Cloudflare is known to have the
 * records; empty where there is none. It isn't the bare id, which may be the name of a web site.
 */
export function suggestHost(id: string, taken: ReadonlyMap<string, string>): string {
  const [first = ""] = taken.keys();
  const labels = first.split(".");
  const domain = labels.length > 2 ? labels.slice(1).join(".") : first;
  const host = `${id}-mcp.${domain}`;
  return portalHostProblem(host, taken) === undefined ? host : "";
}

/** What an account's portals have that no second portal may have. */
export interface TakenByPortals {
  readonly ids: ReadonlySet<string>;
  /** The name of each host's portal, by the host in small letters. */
  readonly hosts: ReadonlyMap<string, string>;
}

const shape = v.strictObject({
  id: v.string(),
  name: v.string(),
  hostname: v.string(),
  description: v.exactOptional(v.string()),
});

/** Reads the body of a POST that a script gives. */
export function readNewPortal(
  text: string,
  { ids, hosts }: TakenByPortals,
): { readonly portal: NewPortal } | { readonly problem: string } {
  const read = v.safeParse(shape, readJson(text));
  if (!read.success) {
    return { problem: l10n.t("This isn't the definition of a portal.") };
  }
  const { id, name, hostname, description = "" } = read.output;
  const problem =
    portalIdProblem(id, ids) ??
    portalNameProblem(name) ??
    portalHostProblem(hostname, hosts) ??
    portalDescriptionProblem(description);
  return problem === undefined ? { portal: read.output } : { problem };
}

/** The body of a POST that makes a second portal with the servers of this one, as it exposes them. */
export function cloneOf(portal: Portal, own: NewPortal): NewPortal {
  const { secureWebGateway, codeMode, mappings } = portal;
  return {
    ...own,
    ...(secureWebGateway === undefined ? {} : { secure_web_gateway: secureWebGateway }),
    ...(codeMode === undefined ? {} : { code_mode: codeMode }),
    servers: [...mappings.values()].map(mappingPatch),
  };
}
