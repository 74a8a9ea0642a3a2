import type { Socket } from "node:net";
import type { Received } from "./rawServer.ts";

export type Fields = Readonly<Record<string, string>>;

/** Sends a whole answer, byte for byte. */
export function send(
  socket: Socket,
  status: number,
  body: string | Buffer,
  headers: Fields = {},
): void {
  const bytes = Buffer.from(body);
  const fields = Object.entries({
    "content-type": "application/json",
    "content-length": String(bytes.length),
    "cf-ray": "8f00ba4-TST",
    ...headers,
  }).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.write(`HTTP/1.1 ${status} Whatever\r\n${fields.join("")}\r\n`);
  socket.write(bytes);
}

export function sendJson(socket: Socket, body: unknown, status = 200, headers: Fields = {}): void {
  send(socket, status, JSON.stringify(body), headers);
}

export function ok(result: unknown, info?: unknown): unknown {
  return { success: true, result, ...(info === undefined ? {} : { result_info: info }) };
}

export function refused(code: number, message: string, more: object = {}): unknown {
  return { success: false, errors: [{ code, message, ...more }], result: {} };
}

/** The fewest fields of a server that the API promises. */
export function aServer(id: string, more: object = {}): Record<string, unknown> {
  return {
    id,
    name: `Server ${id}`,
    hostname: `https://${id}.example.com/mcp`,
    auth_type: "unauthenticated",
    tools: [],
    prompts: [],
    ...more,
  };
}

/** The page of a list that a request asks for. */
export function pageOf(
  request: Received,
  all: readonly unknown[],
  info: (info: Record<string, number>) => unknown = (told) => told,
): unknown {
  const query = new URL(request.target, "http://localhost").searchParams;
  const page = Number(query.get("page"));
  const perPage = Number(query.get("per_page"));
  const items = all.slice((page - 1) * perPage, page * perPage);
  const told = { count: items.length, page, per_page: perPage, total_count: all.length };
  return ok(items, info(told));
}
