import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { openTarget, type Target } from "./target.ts";

export type Json = Readonly<Record<string, unknown>>;

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Json;
}

/** Marks the resources of this run, because others may use the same account. */
const RUN = randomBytes(3).toString("hex");
let made = 0;

/**
 * Calls the API only with `fetch`, so that no mistake of our own client is hidden. Names everything
 * that it creates `contract-…`; `cleanUp` deletes exactly that.
 */
export class Contract {
  readonly target: Target;
  readonly #made: string[] = [];

  constructor(target: Target) {
    this.target = target;
  }

  /** A new id. */
  newId(): string {
    made += 1;
    return `contract-${RUN}-${made}`;
  }

  /** A new host for a portal. */
  newHost(): string {
    return `${this.newId()}.${this.target.domain}`;
  }

  /** @param path relative to the API root */
  async send(
    method: string,
    path: string,
    body?: unknown,
    headers: Readonly<Record<string, string>> = { authorization: `Bearer ${this.target.token}` },
  ): Promise<Reply> {
    const response = await fetch(`${this.target.url}${path}`, {
      method,
      headers: { ...headers, "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const parsed = object(JSON.parse(text));
    return { status: response.status, headers: response.headers, body: parsed };
  }

  /** @param path relative to the account's MCP resources */
  call(method: string, path: string, body?: unknown): Promise<Reply> {
    return this.send(method, this.path(path), body);
  }

  path(path: string): string {
    return `/accounts/${this.target.accountId}/access/ai-controls/mcp${path}`;
  }

  /** The result of a call that must succeed. */
  async result(method: string, path: string, body?: unknown): Promise<Json> {
    const reply = await this.call(method, path, body);
    assert(reply.status < 300, `${method} ${path}: ${reply.status} ${JSON.stringify(reply.body)}`);
    return object(reply.body["result"]);
  }

  /** Creates a resource, and registers it for deletion if that succeeded. */
  async create(kind: "servers" | "portals", body: Json): Promise<Reply> {
    const reply = await this.call("POST", `/${kind}`, body);
    if (reply.status < 300) {
      this.#made.push(`/${kind}/${object(reply.body["result"])["id"]}`);
    }
    return reply;
  }

  serverBody(more: Json = {}): Json & { readonly id: string } {
    const { upstream } = this.target;
    const id = this.newId();
    return { id, name: "Contract", hostname: upstream, auth_type: "unauthenticated", ...more };
  }

  portalBody(more: Json = {}): Json & { readonly id: string } {
    const id = this.newId();
    return { id, name: "Contract", hostname: this.newHost(), ...more };
  }

  /** Creates a server. Returns its id. */
  async server(more: Json = {}): Promise<string> {
    const body = this.serverBody(more);
    const reply = await this.create("servers", body);
    assert.equal(reply.status, 201, JSON.stringify(reply.body));
    return body.id;
  }

  /** Creates a server with its catalogue. */
  async syncedServer(more: Json = {}): Promise<string> {
    const id = await this.server(more);
    const { status } = await this.result("POST", `/servers/${id}/sync`);
    assert.equal(status, "ready");
    return id;
  }

  /** Creates a portal. Returns its id. */
  async portal(more: Json = {}): Promise<string> {
    const body = this.portalBody(more);
    const reply = await this.create("portals", body);
    assert.equal(reply.status, 201, JSON.stringify(reply.body));
    return body.id;
  }

  /** Deletes what was created, portals before the servers that they contain. */
  async cleanUp(): Promise<void> {
    const left: string[] = [];
    for (const path of new Set(this.#made.splice(0).sort())) {
      const isOurs = /^\/(?:servers|portals)\/contract-/.test(path);
      const status = isOurs ? (await this.call("DELETE", path)).status : 0;
      if (![200, 404].includes(status)) {
        left.push(path);
      }
    }
    assert.deepEqual(left, [], "couldn't be deleted: delete it by hand");
  }
}

/** The target for the tests of a `describe`. Deletes after each test what it created. */
export function contractForAll(): () => Contract {
  let contract: Contract | undefined;
  before(async () => {
    contract = new Contract(await openTarget());
  });
  afterEach(async () => {
    await contract?.cleanUp();
    contract?.target.emulator?.control.resetSwitches();
  });
  after(async () => {
    await contract?.target.close();
  });
  return () => {
    assert(contract, "the target is there while a test runs");
    return contract;
  };
}

export function object(value: unknown): Json {
  assert(typeof value === "object" && value !== null && !Array.isArray(value), "an object");
  return { ...value };
}

/**
 * Treats absent, null and empty alike, because the API doesn't promise which of them it answers.
 */
export function list(value: unknown): readonly Json[] {
  if (value === undefined || value === null) {
    return [];
  }
  assert(Array.isArray(value), "an array");
  return value.map(object);
}

export function names(value: unknown): readonly string[] {
  return list(value).map((item) => String(item["name"]));
}

/** Status, code and message of the first error. */
export function refusal({ status, body }: Reply): readonly [number, unknown, unknown] {
  const error = list(body["errors"])[0] ?? {};
  return [status, error["code"], error["message"]];
}

/** The path of the first error, such as "body.name". */
export function pathOf({ body }: Reply): string {
  const path = list(body["errors"])[0]?.["path"];
  return Array.isArray(path) ? path.join(".") : "";
}
