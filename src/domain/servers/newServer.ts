import * as l10n from "@vscode/l10n";
import * as v from "valibot";
import { readJson } from "../../base/json.ts";
import { overrideArray } from "../catalogue/overrides.ts";
import { headersInText } from "./headersText.ts";
import type { AuthType, NewServer, Server } from "./server.ts";
import { headersCredentials, type UpstreamCredentials } from "./upstreamCredentials.ts";

/** Limits of the API, in characters. */
const SERVER_ID_MAX_LENGTH = 32;
const SERVER_NAME_MAX_LENGTH = 350;
const SERVER_DESCRIPTION_MAX_LENGTH = 512;

const ID = /^[a-z0-9_]+(?:-[a-z0-9_]+)*$/u;

/** The form of the ids of servers and portals. */
export function isId(text: string): boolean {
  return ID.test(text);
}

/** Why a text can't be the id of a new server; undefined when it can. */
export function serverIdProblem(id: string, taken: ReadonlySet<string>): string | undefined {
  if (id === "") {
    return l10n.t("A server needs an id.");
  }
  if (id.length > SERVER_ID_MAX_LENGTH) {
    return aboutLength(id, SERVER_ID_MAX_LENGTH);
  }
  if (!isId(id)) {
    return l10n.t("An id is made of small letters and digits, with single hyphens between them.");
  }
  return taken.has(id) ? l10n.t("There is a server with this id already.") : undefined;
}

/** A warning about an id that is allowed but causes trouble. */
export function serverIdWarning(id: string): string | undefined {
  return id.includes("_")
    ? l10n.t(
        'With "_" in the id, portals can\'t tell this server\'s tools by their names: they split them at the first "_".',
      )
    : undefined;
}

export function serverNameProblem(name: string): string | undefined {
  if (name.trim() === "") {
    return l10n.t("A server needs a name.");
  }
  return name.length > SERVER_NAME_MAX_LENGTH
    ? aboutLength(name, SERVER_NAME_MAX_LENGTH)
    : undefined;
}

export function serverDescriptionProblem(description: string): string | undefined {
  return description.length > SERVER_DESCRIPTION_MAX_LENGTH
    ? aboutLength(description, SERVER_DESCRIPTION_MAX_LENGTH)
    : undefined;
}

export function serverUrlProblem(text: string): string | undefined {
  const url = URL.parse(text);
  if (url === null || (url.protocol !== "https:" && url.protocol !== "http:")) {
    return l10n.t("The whole URL of the server, such as {0}.", "https://docs.example.com/mcp");
  }
  return undefined;
}

export function aboutLength(text: string, most: number): string {
  return l10n.t("At most {0} characters; this has {1}.", most, text.length);
}

/** A free id made from the name, without the character at which portals split exposed names. */
export function suggestServerId(name: string, taken: ReadonlySet<string>): string {
  const plain = name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/gu, "-");
  const base = trimmed(plain.slice(0, SERVER_ID_MAX_LENGTH)) || "server";
  for (let number = 2, id = base; ; number += 1) {
    if (!taken.has(id)) {
      return id;
    }
    const ending = `-${number}`;
    id = trimmed(base.slice(0, SERVER_ID_MAX_LENGTH - ending.length)) + ending;
  }
}

function trimmed(id: string): string {
  return id.replace(/^-+|-+$/gu, "");
}

const shape = v.strictObject({
  id: v.string(),
  name: v.string(),
  hostname: v.string(),
  auth_type: v.picklist(["unauthenticated", "bearer", "oauth"]),
  description: v.exactOptional(v.string()),
  auth_credentials: v.exactOptional(v.string()),
  client_secret: v.exactOptional(v.string()),
  is_shared_oauth_callback_enabled: v.exactOptional(v.boolean()),
  secure_web_gateway: v.exactOptional(v.boolean()),
});

/**
 * Parses a server that a script gives as the body of the POST. It obeys the same rules as the form.
 */
export function readNewServer(
  text: string,
  taken: ReadonlySet<string>,
): { readonly server: NewServer } | { readonly problem: string } {
  const read = v.safeParse(shape, readJson(text));
  if (!read.success) {
    return { problem: l10n.t("This isn't the definition of a server.") };
  }
  const { id, name, hostname } = read.output;
  const problem =
    serverIdProblem(id, taken) ?? serverNameProblem(name) ?? serverUrlProblem(hostname);
  return problem === undefined ? { server: withHeaders(read.output) } : { problem };
}

function withHeaders(server: NewServer): NewServer {
  const { auth_type, auth_credentials } = server;
  return auth_credentials === undefined
    ? server
    : { ...server, ...credentialsIn(auth_type, auth_credentials) };
}

/**
 * A credential as it is sent. Headers in any accepted format become the API's, so that they aren't sent
 * as a bearer token.
 */
export function credentialsIn(authType: AuthType, text: string): UpstreamCredentials {
  const headers = authType === "bearer" ? headersInText(text) : undefined;
  return headers === undefined ? { auth_credentials: text } : headersCredentials(headers);
}

/**
 * The body that would register this server again. It has no credential, because Cloudflare never
 * returns one.
 */
export function definitionOf(server: Server): NewServer {
  const { description, secureWebGateway, isSharedOauthCallbackEnabled } = server;
  const tools = overrideArray(server.toolOverrides, server.tools);
  const prompts = overrideArray(server.promptOverrides, server.prompts);
  return {
    id: server.id,
    name: server.name,
    hostname: server.hostname,
    auth_type: server.authType,
    ...(description === undefined ? {} : { description }),
    ...(secureWebGateway === undefined ? {} : { secure_web_gateway: secureWebGateway }),
    ...(isSharedOauthCallbackEnabled === undefined
      ? {}
      : { is_shared_oauth_callback_enabled: isSharedOauthCallbackEnabled }),
    ...(tools.length === 0 ? {} : { updated_tools: tools }),
    ...(prompts.length === 0 ? {} : { updated_prompts: prompts }),
  };
}
