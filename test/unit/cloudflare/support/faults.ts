import { gzipSync } from "node:zlib";
import type { Deadlines } from "../../../../src/cloudflare/transport/attempts.ts";
import type { FailureKind, FailureReason } from "../../../../src/domain/apiError.ts";
import { ok, refused, send, sendJson } from "./answers.ts";
import type { Respond } from "./rawServer.ts";

/** A fault of a server during a read, and the expected result. */
export interface Fault {
  readonly name: string;
  readonly respond: Respond;
  readonly kind: FailureKind;
  readonly reason: FailureReason;
  /** The sentence for people. */
  readonly sentence: RegExp;
  readonly requests: number;
  readonly status?: number;
  readonly deadlines?: Partial<Deadlines>;
}

const head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n";
const html = "<!doctype html><title>Sign in to the network</title>";
const htmlType = { "content-type": "text/html; charset=utf-8" };
const broken = /broke off/;
const trouble = /having trouble/;
const late = /in time/;
const root = /mcpPortals\.apiBaseUrl/;

/** Faults after which another attempt may succeed: broken off, slow or silent. */
export const passingFaults: readonly Fault[] = [
  {
    name: "a reset before headers",
    respond: (socket) => socket.resetAndDestroy(),
    ...{ kind: "offline", reason: "connectionLost", sentence: broken, requests: 3 },
  },
  {
    name: "a reset after headers",
    respond: (socket) => {
      socket.write(`${head}content-length: 900\r\n\r\n`, () => socket.resetAndDestroy());
    },
    ...{ kind: "offline", reason: "connectionLost", sentence: broken, requests: 3 },
    status: 200,
  },
  {
    name: "a body cut short of its length",
    respond: (socket) => socket.end(`${head}content-length: 900\r\n\r\n{"success":true`),
    ...{ kind: "offline", reason: "connectionLost", sentence: broken, requests: 3 },
    status: 200,
  },
  {
    name: "a chunked body cut short",
    respond: (socket) =>
      socket.end(`${head}transfer-encoding: chunked\r\n\r\nf\r\n{"success":true`),
    ...{ kind: "offline", reason: "connectionLost", sentence: broken, requests: 3 },
    status: 200,
  },
  {
    name: "no headers",
    respond: () => undefined,
    ...{ kind: "offline", reason: "timeout", sentence: late, requests: 3 },
    deadlines: { connect: 20, headers: 20 },
  },
  {
    name: "a body that stops",
    respond: (socket) => socket.write(`${head}content-length: 900\r\n\r\n{`),
    ...{ kind: "offline", reason: "timeout", sentence: late, requests: 3 },
    status: 200,
    deadlines: { idle: 40 },
  },
  {
    name: "a body that trickles",
    respond: (socket) => {
      socket.write(`${head}content-length: 90000\r\n\r\n`);
      const timer = setInterval(() => socket.write(" "), 5);
      socket.on("close", () => clearInterval(timer));
    },
    ...{ kind: "offline", reason: "timeout", sentence: late, requests: 3 },
    status: 200,
    deadlines: { idle: 1000, body: 60 },
  },
  {
    name: "a whole call that takes too long",
    respond: () => undefined,
    ...{ kind: "offline", reason: "timeout", sentence: late, requests: 1 },
    deadlines: { headers: 900, whole: 50 },
  },
  {
    name: "an HTML page with 502",
    respond: (socket) => send(socket, 502, html, htmlType),
    ...{ kind: "server", reason: "html", sentence: trouble, requests: 3, status: 502 },
  },
  {
    name: "500 with code 7000",
    respond: (socket) => sendJson(socket, refused(7000, "D1_ERROR: boom"), 500),
    ...{ kind: "server", reason: "refused", sentence: /trouble.*D1_ERROR: boom \(7000\)/ },
    ...{ requests: 3, status: 500 },
  },
  {
    name: "408",
    respond: (socket) => sendJson(socket, refused(1, "slow"), 408),
    ...{ kind: "offline", reason: "refused", sentence: late, requests: 3, status: 408 },
  },
  {
    name: "409",
    respond: (socket) => sendJson(socket, refused(7006, "busy"), 409),
    ...{ kind: "conflict", reason: "refused", sentence: /clashes/, requests: 3, status: 409 },
  },
  {
    name: "429 without retry-after",
    respond: (socket) => sendJson(socket, refused(971, "slow down"), 429),
    ...{ kind: "rateLimit", reason: "refused", sentence: /rate limit.*a few minutes/ },
    ...{ requests: 3, status: 429 },
  },
];

/** Faults that another attempt wouldn't change. */
export const lastingFaults: readonly Fault[] = [
  {
    name: "a redirect to another origin",
    respond: (socket) => send(socket, 302, "", { location: "http://127.0.0.2:9/steal" }),
    ...{ kind: "invalid", reason: "redirect", sentence: root, requests: 1, status: 302 },
  },
  ...[304, 305, 300].map(
    (status): Fault => ({
      name: `${status} that points nowhere`,
      respond: (socket) => send(socket, status, ""),
      ...{ kind: "invalid", reason: "notJson", sentence: /isn't one of Cloudflare's/, requests: 1 },
      status,
    }),
  ),
  {
    name: "100 Continue that nobody asked for",
    respond: (socket) => {
      socket.write("HTTP/1.1 100 Continue\r\n\r\n");
      sendJson(socket, ok({}));
    },
    ...{ kind: "invalid", reason: "notJson", sentence: /isn't one of Cloudflare's/, requests: 1 },
  },
  {
    name: "101 to a protocol that nobody asked for",
    respond: (socket) =>
      socket.write("HTTP/1.1 101 Switching\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n"),
    ...{ kind: "invalid", reason: "notJson", sentence: /isn't one of Cloudflare's/, requests: 1 },
  },
  {
    name: "an HTML page with 200",
    respond: (socket) => send(socket, 200, html, htmlType),
    ...{ kind: "invalid", reason: "html", sentence: /web page/, requests: 1, status: 200 },
  },
  {
    name: "an HTML page called JSON, with 404",
    respond: (socket) => send(socket, 404, html),
    ...{ kind: "invalid", reason: "html", sentence: root, requests: 1, status: 404 },
  },
  {
    name: "an empty body",
    respond: (socket) => send(socket, 200, ""),
    ...{ kind: "invalid", reason: "notJson", sentence: root, requests: 1, status: 200 },
  },
  {
    name: "a 404 of somebody else's API",
    respond: (socket) => sendJson(socket, { message: "Not Found" }, 404),
    ...{ kind: "invalid", reason: "wrongShape", sentence: root, requests: 1, status: 404 },
  },
  {
    name: "a gateway that knows no such route",
    respond: (socket) => sendJson(socket, refused(7003, "Could not route to /x"), 404),
    ...{ kind: "invalid", reason: "refused", sentence: /Could not route to \/x \(7003\)/ },
    ...{ requests: 1, status: 404 },
  },
  ...["[]", '"text"', "12", "null", "{}"].map(
    (body): Fault => ({
      name: `JSON with the wrong top type: ${body}`,
      respond: (socket) => send(socket, 200, body),
      ...{ kind: "invalid", reason: "wrongShape", sentence: root, requests: 1, status: 200 },
    }),
  ),
  {
    name: "30 MB of JSON",
    respond: (socket) => send(socket, 200, `{"success":true,"result":"${"x".repeat(30e6)}"}`),
    ...{ kind: "invalid", reason: "tooLarge", sentence: /larger than/, requests: 1, status: 200 },
  },
  {
    name: "30 MB of JSON in a small gzip",
    respond: (socket) => send(socket, 200, gzipSync(Buffer.alloc(30e6, " ")), gzip),
    ...{ kind: "invalid", reason: "tooLarge", sentence: /larger than/, requests: 1, status: 200 },
  },
  {
    name: "gzip that lies",
    respond: (socket) => send(socket, 200, JSON.stringify(ok({})), gzip),
    ...{ kind: "invalid", reason: "notJson", sentence: root, requests: 1, status: 200 },
  },
  {
    name: "gzip that ends early",
    respond: (socket) => send(socket, 200, gzipSync("x".repeat(5000)).subarray(0, 20), gzip),
    ...{ kind: "invalid", reason: "notJson", sentence: root, requests: 1, status: 200 },
  },
  {
    name: "an encoding that nobody asked for",
    respond: (socket) => send(socket, 200, "?", { "content-encoding": "zstd" }),
    ...{ kind: "invalid", reason: "notJson", sentence: root, requests: 1, status: 200 },
  },
  {
    name: "something that isn't HTTP",
    respond: (socket) => socket.end("220 mail.example.com ESMTP\r\n"),
    ...{ kind: "invalid", reason: "notJson", sentence: root, requests: 1 },
  },
  {
    name: "200 with success: false",
    respond: (socket) => sendJson(socket, refused(7001, "no")),
    ...{ kind: "invalid", reason: "refused", sentence: /refused.*no \(7001\)/, requests: 1 },
    status: 200,
  },
  {
    name: "200 with success: false and no word why",
    respond: (socket) => sendJson(socket, { success: false, result: {} }),
    ...{ kind: "invalid", reason: "refused", sentence: /without saying why \(200\)/, requests: 1 },
    status: 200,
  },
  {
    name: "401",
    respond: (socket) => sendJson(socket, refused(10000, "Authentication error"), 401),
    ...{ kind: "auth", reason: "refused", sentence: /Sign in/, requests: 1, status: 401 },
  },
  {
    name: "403 of a token that may not",
    respond: (socket) => sendJson(socket, refused(10000, "Authentication error"), 403),
    ...{ kind: "forbidden", reason: "refused", sentence: /permission/, requests: 1, status: 403 },
  },
  {
    name: "403 of a token that isn't one",
    respond: (socket) => sendJson(socket, refused(9109, "Invalid access token"), 403),
    ...{ kind: "auth", reason: "refused", sentence: /Sign in/, requests: 1, status: 403 },
  },
  {
    name: "400 of a token that no header can be",
    respond: (socket) => sendJson(socket, refused(6003, "Invalid request headers"), 400),
    ...{ kind: "auth", reason: "refused", sentence: /Sign in/, requests: 1, status: 400 },
  },
  {
    name: "404 of a server that is gone",
    respond: (socket) => sendJson(socket, refused(7002, "Not Found"), 404),
    ...{ kind: "notFound", reason: "refused", sentence: /any more/, requests: 1, status: 404 },
  },
  {
    name: "503 that says not to try again",
    respond: (socket) => sendJson(socket, refused(1, "x"), 503, { "x-should-retry": "false" }),
    ...{ kind: "server", reason: "refused", sentence: trouble, requests: 1, status: 503 },
  },
  {
    name: "429 for longer than anybody waits",
    respond: (socket) => sendJson(socket, refused(971, "x"), 429, { "retry-after": "300" }),
    ...{
      kind: "rateLimit",
      reason: "refused",
      sentence: /sent again at \d{1,2}:\d\d:\d\d/,
      requests: 1,
      status: 429,
    },
  },
];

const gzip = { "content-encoding": "gzip" };
