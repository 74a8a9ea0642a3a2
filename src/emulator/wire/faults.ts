import type { ServerResponse } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import type { Fault } from "../switches/schemas.ts";
import { type Answer, generalError, json } from "./answers.ts";

/** True when the request reaches the account. */
export function takesEffect(fault: Fault | undefined): boolean {
  if (fault === undefined || fault.kind === "slow" || fault.kind === "cut") {
    return true;
  }
  return fault.applied === true;
}

/** The answer that a fault puts in place of the real one; undefined where it doesn't replace it. */
export function faultyAnswer(fault: Fault | undefined): Answer | undefined {
  switch (fault?.kind) {
    case "html":
      return { status: fault.status ?? 200, headers: HTML_HEADERS, body: PROXY_PAGE };
    case "status":
      return withRetryAfter(statusAnswer(fault), fault.retryAfter);
    case "body":
      return { status: fault.status ?? 200, body: fault.body };
    case "successFalse": {
      const errors = [{ code: 7000, message: "Something went wrong" }];
      return json(200, { success: false, errors, result: {} });
    }
    default:
      return undefined;
  }
}

type StatusFault = Extract<Fault, { kind: "status" }>;

function statusAnswer({ status, code, message }: StatusFault): Answer {
  return generalError(status, {
    code: code ?? (status === 429 ? 971 : 10001),
    message: message ?? (status === 429 ? THROTTLED : "Internal server error"),
  });
}

export const THROTTLED = "Please wait and consider throttling your request speed";

function withRetryAfter(answer: Answer, seconds: number | undefined): Answer {
  if (seconds === undefined) {
    return answer;
  }
  return { ...answer, headers: { "retry-after": String(seconds) } };
}

const HTML_HEADERS = { "content-type": "text/html; charset=utf-8" };
const PROXY_PAGE =
  "<!doctype html><html><head><title>Sign in to the network</title></head><body><h1>Sign in to continue</h1></body></html>";

/**
 * Applies a fault to the connection.
 * @returns true where no answer is to be sent
 */
export async function applyToConnection(
  fault: Fault | undefined,
  response: ServerResponse,
): Promise<boolean> {
  if (fault?.kind === "slow") {
    await delay(fault.ms);
  }
  if (fault?.kind === "reset") {
    response.socket?.resetAndDestroy();
  }
  return fault?.kind === "reset" || fault?.kind === "hang";
}
