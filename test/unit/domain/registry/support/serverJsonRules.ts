import { isRecord } from "../../../../../src/base/json.ts";

/**
 * The rules of the registry's schema of 2025-12-11 for what stands in a server.json of a remote server.
 * Source: "ServerDetail", "RemoteTransport", "KeyValueInput" and "Input" in the reference of
 * server.json.
 */
const KEYS = {
  server: ["$schema", "name", "title", "description", "version", "remotes"],
  remote: ["type", "url", "headers", "variables"],
  header: ["name", "description", "isRequired", "isSecret"],
  variable: ["description", "isRequired", "isSecret"],
} as const;

const NAME = /^[a-zA-Z0-9.-]+\/[a-zA-Z0-9._-]+$/u;
const URL_TEMPLATE = /^(https?:\/\/[^\s]+|\{[a-zA-Z_][a-zA-Z0-9_]*\}[^\s]*)$/u;

/** What the registry would refuse in a server.json; nothing where it is in order. */
export function problemsOf(value: unknown): readonly string[] {
  const text = (key: string, least: number, most: number, pattern = /^/u): boolean => {
    const found = isRecord(value) ? value[key] : undefined;
    const isText = typeof found === "string" && pattern.test(found);
    return isText && [...found].length >= least && [...found].length <= most;
  };
  if (!isRecord(value)) {
    return ["no object"];
  }
  const remotes: readonly unknown[] = Array.isArray(value["remotes"]) ? value["remotes"] : [];
  return [
    ...unknownKeys(value, KEYS.server),
    ...(text("$schema", 1, 255, /^https:\/\/static\.modelcontextprotocol\.io\//u)
      ? []
      : ["$schema"]),
    ...(text("name", 3, 200, NAME) ? [] : ["name"]),
    ...(text("title", 1, 100) ? [] : ["title"]),
    ...(text("description", 1, 100) ? [] : ["description"]),
    ...(text("version", 1, 255, /^(?!latest$)\d+\.\d+\.\d+$/u) ? [] : ["version"]),
    ...(remotes.length > 0 ? remotes.flatMap(remoteProblems) : ["remotes"]),
  ];
}

function unknownKeys(value: object, known: readonly string[]): readonly string[] {
  return Object.keys(value).filter((key) => !known.includes(key));
}

function remoteProblems(value: unknown): readonly string[] {
  if (!isRecord(value)) {
    return ["remote"];
  }
  const { type, url, headers, variables } = value;
  const inputs = isRecord(variables) ? variables : {};
  const used =
    typeof url === "string" ? [...url.matchAll(/\{([^}]*)\}/gu)].map(([, name]) => name) : [];
  return [
    ...unknownKeys(value, KEYS.remote),
    ...(type === "streamable-http" || type === "sse" ? [] : ["type"]),
    ...(typeof url === "string" && URL_TEMPLATE.test(url) ? [] : ["url"]),
    ...(Array.isArray(headers) ? headers : []).flatMap((each) => inputProblems(each, KEYS.header)),
    ...Object.values(inputs).flatMap((each) => inputProblems(each, KEYS.variable)),
    ...used.filter((name) => name === undefined || !Object.hasOwn(inputs, name)).map(String),
  ];
}

function inputProblems(value: unknown, known: readonly string[]): readonly string[] {
  if (!isRecord(value)) {
    return ["input"];
  }
  const isText = typeof value["description"] === "string";
  const isFlag = value["isRequired"] === true && value["isSecret"] === true;
  const isNamed = !known.includes("name") || typeof value["name"] === "string";
  return [...unknownKeys(value, known), ...(isText && isFlag && isNamed ? [] : ["input"])];
}
