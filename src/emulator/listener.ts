import { randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import type { Control } from "./control.ts";
import { ControlDoor } from "./controlDoor.ts";
import type { Emulation } from "./emulation.ts";
import { INVALID_API_TOKEN, isInForce, type Principal } from "./identity.ts";
import { PortalEndpoint } from "./portal/endpoint.ts";
import { type Destination, findRoute, serve } from "./routes/router.ts";
import type { Fault, Intervention } from "./switches/schemas.ts";
import { type Answer, generalError, plainError, Refusal } from "./wire/answers.ts";
import { applyToConnection, faultyAnswer, takesEffect } from "./wire/faults.ts";
import {
  type Body,
  isLocalRequest,
  openHeaders,
  readBody,
  readQuery,
  send,
  sendThrough,
  UNREAD_BODY,
  withHeaders,
} from "./wire/http.ts";
import { RateLimiter } from "./wire/rateLimit.ts";

/** The path of the API, as at Cloudflare. */
export const API_ROOT = "/client/v4";
const CONTROL_ROOT = "/__emulator/";

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly method: string;
  readonly url: URL;
  /** Relative to the API root. */
  readonly path: string;
  readonly ray: string;
}

/** An authenticated request with its body, or the reason why it was refused. */
type Admission =
  | { readonly destination: Destination; readonly principal: Principal; readonly body: Body }
  | { readonly refusal: Refusal; readonly body: Body };

/** The HTTP server of the emulator. */
export function createListener(emulation: Emulation, control: Control): Server {
  const limiter = new RateLimiter(emulation.clock);
  const door = new ControlDoor(emulation, control);
  const portals = new PortalEndpoint(emulation);
  const listen = (request: IncomingMessage, response: ServerResponse) => {
    handle(request, response).catch((error: unknown) => {
      process.stderr.write(`emulator: ${String(error)}\n`);
      response.destroy();
    });
  };
  // Longer than clients keep idle connections, so the server never closes one that a request is
  // about to use.
  const server = createServer({ keepAliveTimeout: 120_000 }, listen);
  // Without this listener Node tells every client that waits for a "100 Continue" to send its body.
  return server.on("checkContinue", listen);

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = URL.parse(request.url ?? "/", "http://loopback");
    if (url === null || !isLocalRequest(request.headers)) {
      send(response, { status: url === null ? 400 : 403, body: "" });
      return;
    }
    const method = request.method ?? "GET";
    if (url.pathname.startsWith(CONTROL_ROOT)) {
      const name = url.pathname.slice(CONTROL_ROOT.length);
      const read = () => readBody(request, response);
      send(response, await door.answer(method, name, request.headers, read));
      return;
    }
    if (portals.owns(url.pathname)) {
      await portals.handle(request, response, url);
      return;
    }
    const isApi = url.pathname.startsWith(`${API_ROOT}/`);
    const path = isApi ? url.pathname.slice(API_ROOT.length) : url.pathname;
    const ray = `${randomBytes(8).toString("hex")}-LOC`;
    await exchange({ request, response, method, url, path, ray });
  }

  async function exchange(call: Exchange): Promise<void> {
    const { controls, log } = emulation;
    const admission = await admit(call);
    const slot = log.add(entryOf(emulation, call, admission.body), admission.body.bytes);
    if (controls.latency > 0) {
      await delay(controls.latency);
    }
    const writes = controls.interventions.take(call.method, call.path);
    intervene(writes, "before");
    const fault = controls.faults.takeFirst(call.method, call.path);
    if (fault) {
      slot.amend({ fault: fault.kind });
    }
    const answer = await answerOf(call, admission, fault);
    intervene(writes, "after");
    await emulation.saved();
    if (await applyToConnection(fault, call.response)) {
      return;
    }
    slot.amend({ status: answer.status });
    const marked = withHeaders(answer, { "cf-ray": call.ray, server: "cloudflare" });
    sendThrough(fault, call.response, marked);
  }

  /** Authenticates before reading, so that a stranger can't make the emulator store anything. */
  async function admit({ method, path, request, response }: Exchange): Promise<Admission> {
    try {
      const destination = findRoute(method, path);
      const unknown = destination.route.needs === "identity" ? INVALID_API_TOKEN : undefined;
      const principal = emulation.identities.identify(request.headers, unknown);
      const isTrusted = isInForce(principal, emulation.clock.now());
      const body = isTrusted ? await readBody(request, response) : UNREAD_BODY;
      return { destination, principal, body };
    } catch (error) {
      if (error instanceof Refusal) {
        return { refusal: error, body: UNREAD_BODY };
      }
      throw error;
    }
  }

  /** An intervention may have become impossible. The request continues then. */
  function intervene(writes: readonly Intervention[], when: Intervention["when"]): void {
    for (const write of writes.filter((candidate) => candidate.when === when)) {
      try {
        control.write(write.write);
      } catch (error) {
        process.stderr.write(`emulator: an intervention failed: ${String(error)}\n`);
      }
    }
  }

  async function answerOf(
    call: Exchange,
    admission: Admission,
    fault: Fault | undefined,
  ): Promise<Answer> {
    const limit = emulation.controls.rateLimit;
    const counted = limit ? limiter.count(limit, call.request.headers) : undefined;
    if (counted?.answer) {
      return withHeaders(counted.answer, counted.headers);
    }
    const real = takesEffect(fault) ? await realAnswer(call, admission) : undefined;
    const answer = faultyAnswer(fault) ?? real ?? plainError(500);
    return counted ? withHeaders(answer, counted.headers) : answer;
  }

  async function realAnswer(call: Exchange, admission: Admission): Promise<Answer> {
    if ("refusal" in admission) {
      return admission.refusal.answer;
    }
    try {
      const { destination, principal, body } = admission;
      const query = readQuery(call.url);
      const { params } = destination;
      return await serve(destination, { emulation, principal, query, body: body.parsed, params });
    } catch (error) {
      if (error instanceof Refusal) {
        return error.answer;
      }
      process.stderr.write(`emulator: ${error instanceof Error ? error.stack : String(error)}\n`);
      return generalError(500, { code: 10001, message: "Internal server error" });
    }
  }
}

function entryOf({ clock, identities }: Emulation, call: Exchange, body: Body) {
  const { headers } = call.request;
  return {
    at: clock.iso(),
    method: call.method,
    path: call.path,
    query: readQuery(call.url),
    body: body.logged,
    headers: openHeaders(headers),
    credential: identities.describe(headers),
    status: 0,
    ray: call.ray,
  };
}
