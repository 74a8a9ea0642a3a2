import assert from "node:assert/strict";
import {
  type Emulator,
  type EmulatorOptions,
  startEmulator,
} from "../../../../src/emulator/start.ts";

export type Json = Readonly<Record<string, unknown>>;

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Json;
}

/** An emulator for the tests of a `describe`, started before each test and closed after it. */
export function emulatorPerTest(options: EmulatorOptions = { seed: "empty" }): () => Emulator {
  let emulator: Emulator | undefined;
  beforeEach(async () => {
    emulator = await startEmulator(options);
  });
  afterEach(async () => {
    await emulator?.close();
  });
  return () => {
    assert(emulator, "the emulator is there while a test runs");
    return emulator;
  };
}

/** One emulator for all tests of a `describe`, where no test changes what another one sees. */
export function emulatorForAll(options: EmulatorOptions): () => Emulator {
  let emulator: Emulator | undefined;
  before(async () => {
    emulator = await startEmulator(options);
  });
  after(async () => {
    await emulator?.close();
  });
  return () => {
    assert(emulator, "the emulator is there while a test runs");
    return emulator;
  };
}

export async function send(
  emulator: Emulator,
  method: string,
  path: string,
  body?: unknown,
  headers: Readonly<Record<string, string>> = { authorization: `Bearer ${emulator.token}` },
): Promise<Reply> {
  const response = await fetch(`${emulator.url}${path}`, {
    method,
    headers: { ...headers, "content-type": "application/json" },
    ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  return {
    status: response.status,
    headers: response.headers,
    body: object(await response.json()),
  };
}

/** @param path relative to the account's MCP resources */
export function call(
  emulator: Emulator,
  method: string,
  path: string,
  body?: unknown,
  headers?: Readonly<Record<string, string>>,
): Promise<Reply> {
  return send(emulator, method, mcp(emulator, path), body, headers);
}

export function mcp(emulator: Emulator, path: string): string {
  return `/accounts/${emulator.accountId}/access/ai-controls/mcp${path}`;
}

export async function readServer(emulator: Emulator, id: string): Promise<Json> {
  const { status, body } = await call(emulator, "GET", `/servers/${id}`);
  assert.equal(status, 200);
  return object(body["result"]);
}

/** Registers a server that stays in the status waiting. */
export async function register(emulator: Emulator, hostname: string, more: Json = {}) {
  const server = { id: "up", name: "Up", hostname, auth_type: "unauthenticated", ...more };
  const { status } = await call(emulator, "POST", "/servers", server);
  assert.equal(status, 201);
}

export function object(value: unknown): Json {
  assert(typeof value === "object" && value !== null && !Array.isArray(value), "an object");
  return { ...value };
}

export function list(value: unknown): readonly unknown[] {
  assert(Array.isArray(value), "an array");
  return value;
}

export function names(value: unknown): readonly unknown[] {
  return list(value).map((item) => object(item)["name"]);
}

export async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) {
    await new Promise((resolve) => setImmediate(resolve));
  }
}
