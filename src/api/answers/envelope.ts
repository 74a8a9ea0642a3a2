import { ApiError, type FailureReason } from "../../model/client/failure.ts";
import { isRecord, type JsonRecord } from "../../model/record.ts";
import type { Call, Envelope } from "../wire/call.ts";
import { type Headers, header, rayIdOf, serverTimeOf } from "./headers.ts";
import { kindOfForeign, kindOfRefusal } from "./kinds.ts";
import { problemsOf } from "./problems.ts";

/** What came over the wire, decoded and no further. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** Tells success from every kind of failure, and throws the latter as an ApiError. */
export function readEnvelope(call: Call, answer: Answer): Envelope {
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
    throw foreign(call, answer, "redirect");
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
    // V8's message quotes the body, which may not get into a log: not even as a cause.
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
