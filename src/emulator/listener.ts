import { randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import type { Control } from "./control.ts";
import { ControlDoor } from "./controlDoor.ts";
import type { Emulation } from "./emulation.ts";
import { INVALID_API_TOKEN } from "./identity.ts";
import { findRoute, serve } from "./routes/router.ts";
import type { Fault, Intervention } from "./switches/schemas.ts";
import { type Answer, generalError, plainError, Refusal } from "./wire/answers.ts";
import { applyToConnection, faultyAnswer, takesEffect } from "./wire/faults.ts";
import {
  type Body,
  isLoopbackHost,
  openHeaders,
  readBody,
  readQuery,
  send,
  sendThrough,
  withHeaders,
} from "./wire/http.ts";
import { RateLimiter } from "./wire/rateLimit.ts";

/** Where the API begins, as Cloudflare's does. */
export const API_ROOT = "/client/v4";
const CONTROL_ROOT = "/__emulator/";

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly method: string;
  readonly url: URL;
  /** Below the API root. */
  readonly path: string;
  readonly body: Body;
  readonly ray: string;
}

/** The HTTP side of the emulator. */
export function createListener(emulation: Emulation, control: Control): Server {
  const limiter = new RateLimiter(emulation.clock);
  const door = new ControlDoor(emulation, control);
  // Longer than clients keep idle connections: the server never closes one that a request is about to use.
  return createServer({ keepAliveTimeout: 120_000 }, (request, response) => {
    handle(request, response).catch((error: unknown) => {
      process.stderr.write(`emulator: ${String(error)}\n`);
      response.destroy();
    });
  });

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (!isLoopbackHost(request.headers.host)) {
      send(response, { status: 403, body: "" });
      return;
    }
    const url = new URL(request.url ?? "/", "http://loopback");
    const body = await readBody(request);
    const method = request.method ?? "GET";
    if (url.pathname.startsWith(CONTROL_ROOT)) {
      const name = url.pathname.slice(CONTROL_ROOT.length);
      send(response, await door.answer(method, name, request.headers, body.parsed));
      return;
    }
    const isApi = url.pathname.startsWith(`${API_ROOT}/`);
    const path = isApi ? url.pathname.slice(API_ROOT.length) : url.pathname;
    const ray = `${randomBytes(8).toString("hex")}-LOC`;
    await exchange({ request, response, method, url, path, body, ray });
  }

  async function exchange(call: Exchange): Promise<void> {
    const { controls, log } = emulation;
    const slot = log.add(entryOf(emulation, call));
    if (controls.latency > 0) {
      await delay(controls.latency);
    }
    const writes = controls.interventions.take(call.method, call.path);
    intervene(writes, "before");
    const fault = controls.faults.takeFirst(call.method, call.path);
    if (fault) {
      slot.amend({ fault: fault.kind });
    }
    const answer = await answerOf(call, fault);
    intervene(writes, "after");
    await emulation.saved();
    if (await applyToConnection(fault, call.response)) {
      return;
    }
    slot.amend({ status: answer.status });
    const marked = withHeaders(answer, { "cf-ray": call.ray, server: "cloudflare" });
    sendThrough(fault, call.response, marked);
  }

  function intervene(writes: readonly Intervention[], when: Intervention["when"]): void {
    for (const write of writes) {
      if (write.when === when) {
        control.write(write.write);
      }
    }
  }

  async function answerOf(call: Exchange, fault: Fault | undefined): Promise<Answer> {
    const limit = emulation.controls.rateLimit;
    const counted = limit ? limiter.count(limit, call.request.headers) : undefined;
    if (counted?.answer) {
      return withHeaders(counted.answer, counted.headers);
    }
    const real = takesEffect(fault) ? await realAnswer(call) : undefined;
    const answer = faultyAnswer(fault) ?? real ?? plainError(500);
    return counted ? withHeaders(answer, counted.headers) : answer;
  }

  async function realAnswer(call: Exchange): Promise<Answer> {
    try {
      const destination = findRoute(call.method, call.path);
      const verifies = destination.route.needs === "identity";
      const unknown = verifies ? INVALID_API_TOKEN : undefined;
      const principal = emulation.identities.identify(call.request.headers, unknown);
      const query = readQuery(call.url);
      const { params } = destination;
      const body = call.body.parsed;
      return await serve(destination, { emulation, principal, query, body, params });
    } catch (error) {
      if (error instanceof Refusal) {
        return error.answer;
      }
      process.stderr.write(`emulator: ${error instanceof Error ? error.stack : String(error)}\n`);
      return generalError(500, { code: 10001, message: "Internal server error" });
    }
  }
}

function entryOf({ clock, identities }: Emulation, call: Exchange) {
  const { headers } = call.request;
  return {
    at: clock.iso(),
    method: call.method,
    path: call.path,
    query: readQuery(call.url),
    body: call.body.logged,
    headers: openHeaders(headers),
    credential: identities.describe(headers),
    status: 0,
    ray: call.ray,
  };
}
