import type { ApiProblem, FailureKind } from "../../model/client/failure.ts";

/** Codes of Cloudflare's gateway and of the AI controls that say more than the status does. */
const codes: ReadonlyMap<number, FailureKind> = new Map([
  [971, "rateLimit"],
  [6003, "auth"],
  [9103, "auth"],
  [9106, "auth"],
  [10001, "forbidden"],
  [10100, "rateLimit"],
]);

/** The AI controls' own codes; under another status the gateway uses the same numbers. */
const resourceCodes: ReadonlyMap<number, FailureKind> = new Map([
  [7000, "server"],
  [7001, "invalid"],
  [7002, "notFound"],
  [7003, "auth"],
  [7004, "forbidden"],
  [7006, "conflict"],
  [7008, "rateLimit"],
  [9109, "auth"],
]);

const statuses: ReadonlyMap<number, FailureKind> = new Map([
  [401, "auth"],
  [403, "forbidden"],
  [404, "notFound"],
  [407, "offline"],
  [408, "offline"],
  [409, "conflict"],
  [429, "rateLimit"],
]);

/** What a refusal in Cloudflare's envelope means. */
export function kindOfRefusal(status: number, problems: readonly ApiProblem[]): FailureKind {
  if (status >= 500) {
    return "server";
  }
  const special = problems.map((problem) => specialKind(status, problem)).find(isKind);
  if (special !== undefined) {
    return special;
  }
  if (status < 300) {
    return problems.map(({ code }) => resourceCodes.get(code ?? 0)).find(isKind) ?? "invalid";
  }
  // "Could not route": the root or the account is wrong, and no server has vanished.
  const unrouted = status === 404 && problems.some(({ code }) => code === 7000 || code === 7003);
  return unrouted ? "invalid" : kindOfStatus(status);
}

/** 9109 and 10000 mean a missing permission under 403, unless they name the token itself. */
function specialKind(status: number, { code, message }: ApiProblem): FailureKind | undefined {
  const badToken =
    (code === 9109 && /invalid access token/i.test(message)) || (code === 10000 && status !== 403);
  return badToken ? "auth" : codes.get(code ?? 0);
}

function isKind(kind: FailureKind | undefined): kind is FailureKind {
  return kind !== undefined;
}

/** What an answer that isn't Cloudflare's envelope means. */
export function kindOfForeign(status: number): FailureKind {
  // Whoever answered isn't the API, so its 404 says nothing about the resource.
  return status === 404 ? "invalid" : kindOfStatus(status);
}

function kindOfStatus(status: number): FailureKind {
  return statuses.get(status) ?? (status >= 500 ? "server" : "invalid");
}
