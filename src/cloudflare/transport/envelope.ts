import { isRecord, type JsonRecord } from "../../base/json.ts";
import {
  ApiError,
  type ApiProblem,
  type FailureKind,
  type FailureReason,
} from "../../domain/apiError.ts";
import { denialOf, isOfCredential } from "../../domain/diagnosis/denials.ts";
import { type Call, type Envelope, type Headers, header, rayIdOf, serverTimeOf } from "./call.ts";

/** An answer whose body is decoded but not parsed. */
interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** Parses an answer. Throws an ApiError for every kind of failure. */
export function parseEnvelope(call: Call, answer: Answer): Envelope {
  const { status, headers } = answer;
  const body = status === 204 ? { success: true } : bodyOf(call, answer);
  if (!isAccepted(call, body, status)) {
    throw refusal(call, answer, body);
  }
  return {
    status,
    result: body["result"],
    info: body["result_info"],
    rayId: rayIdOf(headers),
    serverTime: serverTimeOf(headers),
  };
}

function bodyOf(call: Call, answer: Answer): JsonRecord {
  if (answer.status >= 300 && answer.status < 400) {
    // Without a location, as with 304, there is no target.
    const isRedirect = header(answer.headers, "location") !== undefined;
    throw foreign(call, answer, isRedirect ? "redirect" : "notJson");
  }
  if (isHtml(answer)) {
    throw foreign(call, answer, "html");
  }
  const body = parse(call, answer);
  // A refusal has been seen without `success`, but never without `errors`.
  if (!isRecord(body) || !(typeof body["success"] === "boolean" || Array.isArray(body["errors"]))) {
    throw foreign(call, answer, "wrongShape");
  }
  return body;
}

function isAccepted(call: Call, body: JsonRecord, status: number): boolean {
  const succeeded = body["success"] === true && status < 300;
  return succeeded || call.accepts?.(body["result"]) === true;
}

function isHtml({ headers, text }: Answer): boolean {
  return /\bx?html\b/i.test(header(headers, "content-type") ?? "") || /^\s*</.test(text);
}

function parse(call: Call, answer: Answer): unknown {
  try {
    return JSON.parse(answer.text);
  } catch {
    // V8's message quotes the body, which must not get into a log, so it isn't kept as the cause
    // either.
    throw foreign(call, answer, "notJson", answer.text === "" ? "empty body" : "not JSON");
  }
}

function foreign(
  call: Call,
  { status, headers }: Answer,
  reason: FailureReason,
  detail: string = reason,
): ApiError {
  return new ApiError(`${call.method} ${call.path}: ${status}, ${detail}`, {
    kind: kindOfForeign(status),
    reason: status === 407 ? "proxy" : reason,
    status,
    rayId: rayIdOf(headers),
  });
}

function refusal(call: Call, { status, headers }: Answer, body: JsonRecord): ApiError {
  const problems = problemsOf(body["errors"]);
  const codes = problems.map(({ code }) => code ?? "none").join(", ") || "none";
  return new ApiError(`${call.method} ${call.path}: refused with ${status}, codes ${codes}`, {
    kind: kindOfRefusal(status, problems),
    reason: "refused",
    status,
    problems,
    rayId: rayIdOf(headers),
  });
}

/** Codes of Cloudflare's gateway and of the AI controls that are more precise than the status. */
const CODES: ReadonlyMap<number, FailureKind> = new Map([
  [971, "rateLimit"],
  [6003, "auth"],
  [9103, "auth"],
  [9106, "auth"],
  [10001, "forbidden"],
  [10100, "rateLimit"],
]);

/** Codes of the AI controls. With other statuses the gateway uses the same numbers. */
const RESOURCE_CODES: ReadonlyMap<number, FailureKind> = new Map([
  [7000, "server"],
  [7001, "invalid"],
  [7002, "notFound"],
  [7003, "auth"],
  [7004, "forbidden"],
  [7006, "conflict"],
  [7008, "rateLimit"],
  [9109, "auth"],
]);

const STATUSES: ReadonlyMap<number, FailureKind> = new Map([
  [401, "auth"],
  [403, "forbidden"],
  [404, "notFound"],
  [407, "offline"],
  [408, "offline"],
  [409, "conflict"],
  [429, "rateLimit"],
]);

/** The kind of a refusal in Cloudflare's envelope. */
function kindOfRefusal(status: number, problems: readonly ApiProblem[]): FailureKind {
  if (status >= 500) {
    return "server";
  }
  const special = problems.map((problem) => specialKind(status, problem)).find(isKind);
  if (special !== undefined) {
    return special;
  }
  if ((status === 401 || status === 403) && isOfCredential(denialOf(problems))) {
    return "auth";
  }
  if (status < 300) {
    return problems.map(({ code }) => RESOURCE_CODES.get(code ?? 0)).find(isKind) ?? "invalid";
  }
  // "Could not route" means that the root or the account is wrong, not that a server is gone.
  const unrouted = status === 404 && problems.some(({ code }) => code === 7000 || code === 7003);
  return unrouted ? "invalid" : kindOfStatus(status);
}

/**
 * Code 9109 with this message, and 10000 with another status than 403, are about the token itself.
 * Otherwise both mean a missing permission.
 */
function specialKind(status: number, { code, message }: ApiProblem): FailureKind | undefined {
  const badToken =
    (code === 9109 && /invalid access token/i.test(message)) || (code === 10000 && status !== 403);
  return badToken ? "auth" : CODES.get(code ?? 0);
}

function isKind(kind: FailureKind | undefined): kind is FailureKind {
  return kind !== undefined;
}

/** The kind of an answer that isn't Cloudflare's envelope. */
function kindOfForeign(status: number): FailureKind {
  // The answer isn't from the API, so its 404 tells nothing about the resource.
  return status === 404 ? "invalid" : kindOfStatus(status);
}

function kindOfStatus(status: number): FailureKind {
  return STATUSES.get(status) ?? (status >= 500 ? "server" : "invalid");
}

/** Bounds a hostile answer, so that it doesn't fill a notification. */
const LIMITS = { problems: 20, message: 1000 };

/** Parses an envelope's `errors`. The AI controls send `path`, other APIs `source.pointer`. */
export function problemsOf(errors: unknown): readonly ApiProblem[] {
  if (!Array.isArray(errors)) {
    return [];
  }
  return errors.slice(0, LIMITS.problems).filter(isRecord).map(problemOf);
}

function problemOf(error: Readonly<Record<string, unknown>>): ApiProblem {
  const { code, message, path, source } = error;
  const pointer = isRecord(source) ? source["pointer"] : undefined;
  return {
    code: codeOf(code),
    message: typeof message === "string" ? message.slice(0, LIMITS.message) : "",
    field: dotted(path) ?? dotted(segments(pointer)),
  };
}

function codeOf(code: unknown): number | undefined {
  const number = typeof code === "string" && code !== "" ? Number(code) : code;
  return typeof number === "number" && Number.isFinite(number) ? number : undefined;
}

/** Splits a JSON pointer. Source: RFC 6901. */
function segments(pointer: unknown): readonly string[] | undefined {
  return typeof pointer === "string"
    ? pointer
        .replace(/^#?\//, "")
        .split("/")
        .map((segment) => segment.replaceAll("~1", "/").replaceAll("~0", "~"))
    : undefined;
}

function dotted(path: unknown): string | undefined {
  if (!Array.isArray(path)) {
    return undefined;
  }
  const parts = path.filter((part) => typeof part === "string" || typeof part === "number");
  const inside = parts[0] === "body" ? parts.slice(1) : parts;
  return inside.length === 0 ? undefined : inside.join(".").slice(0, LIMITS.message);
}
