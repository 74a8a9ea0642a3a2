import * as l10n from "@vscode/l10n";
import type { Server } from "../servers/server.ts";

/** Of the registry's format that this writes. Source: its "server.json" reference. */
const SCHEMA = "https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json";

/** The registry's limit for a title and for a description, in characters. */
const MOST_CHARACTERS = 100;
const MOST_NAME = 200;

/** Cloudflare knows no version of a server, and the registry wants one. */
const VERSION = "1.0.0";

/**
 * A server as the MCP registry describes it. What may be a secret in its URL becomes a variable that
 * whoever installs it is asked for.
 */
export function serverJson(server: Server): string {
  const name = server.name.trim() || server.id;
  const description = {
    $schema: SCHEMA,
    name: registryName(server),
    title: cut(name),
    description: cut(server.description?.trim() || name),
    version: VERSION,
    remotes: [remoteOf(server)],
  };
  return `${JSON.stringify(description, undefined, 2)}\n`;
}

function cut(text: string): string {
  const characters = [...text.toWellFormed()];
  return characters.length <= MOST_CHARACTERS
    ? characters.join("")
    : `${characters.slice(0, MOST_CHARACTERS - 1).join("")}…`;
}

/** The host's name backwards, and the server's id: the registry wants a namespace that one owns. */
function registryName({ id, hostname }: Server): string {
  const labels = (URL.parse(hostname)?.hostname ?? "").split(".").reverse();
  const namespace = labels.join(".").replaceAll(/[^A-Za-z0-9.-]/gu, "") || "unknown";
  return `${namespace}/${id.replaceAll(/[^A-Za-z0-9._-]/gu, "_") || "_"}`.slice(0, MOST_NAME);
}

interface Variable {
  readonly description: string;
  readonly isRequired: true;
  readonly isSecret: true;
}

interface Remote {
  readonly type: "streamable-http" | "sse";
  readonly url: string;
  readonly headers?: readonly (Variable & { readonly name: string })[];
  readonly variables?: Readonly<Record<string, Variable>>;
}

function remoteOf({ hostname, authType }: Server): Remote {
  const { url, variables } = template(hostname);
  return {
    type: /\/sse\/?$/u.test(URL.parse(hostname)?.pathname ?? "") ? "sse" : "streamable-http",
    url,
    ...(authType === "bearer" ? { headers: [{ name: "Authorization", ...AUTHORIZATION() }] } : {}),
    ...(variables.length === 0 ? {} : { variables: Object.fromEntries(variables) }),
  };
}

const AUTHORIZATION = (): Variable => secret(l10n.t("The credential of the server"));

function secret(description: string): Variable {
  return { description, isRequired: true, isSecret: true };
}

/** Each value of a query becomes a variable, because keys of APIs stand there. */
function template(hostname: string): {
  readonly url: string;
  readonly variables: readonly (readonly [string, Variable])[];
} {
  const url = URL.parse(hostname);
  if (url === null || !/^https?:$/u.test(url.protocol)) {
    return { url: "{url}", variables: [["url", secret(l10n.t("The address of the server"))]] };
  }
  const keys = [...new Set(url.searchParams.keys())];
  const variables = keys.map((key, index) => ({ key, name: `query_${index + 1}` }));
  const query = variables.map(({ key, name }) => `${encodeURIComponent(key)}={${name}}`).join("&");
  const path = url.pathname.replaceAll("{", "%7B").replaceAll("}", "%7D");
  return {
    url: `${url.origin}${path}${query === "" ? "" : `?${query}`}`,
    variables: variables.map(
      ({ key, name }) => [name, secret(l10n.t("{0} in the address of the server", key))] as const,
    ),
  };
}
