import { fork } from "node:child_process";
import type { LoggedRequest } from "../../src/emulator/requestLog.ts";
import type { SwitchChange, Write } from "../../src/emulator/switches/schemas.ts";

/** How a started emulator is reached. */
export interface Address {
  /** The whole API root, for `mcpPortals.apiBaseUrl`. */
  readonly url: string;
  readonly accountId: string;
  /** A token that may read and write. */
  readonly token: string;
}

/** The emulator as a separate process, with its control door. */
export interface Emulator extends Address {
  log(): Promise<readonly LoggedRequest[]>;
  clearLog(): Promise<void>;
  /** Sets switches, and adds faults and interventions. */
  set(change: SwitchChange): Promise<void>;
  reset(): Promise<void>;
  /** Writes as another administrator. */
  write(write: Write): Promise<void>;
  /** Sends any other request to the control door, such as `POST tokens`. */
  control(method: string, name: string, body?: unknown): Promise<unknown>;
  stop(): Promise<void>;
}

const START_LIMIT_MS = 30_000;

/**
 * Starts the bundled emulator. It ends with the process that started it, in Node and in an
 * extension host.
 * @param program the path of `dist/emulator.js`
 */
export async function startEmulator(
  program: string,
  args: readonly string[] = [],
): Promise<Emulator> {
  const child = fork(program, ["--port", "0", ...args], {
    env: { ...process.env, ELECTRON_RUN_AS_NODE: "1" },
    execArgv: [],
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  });
  const said: string[] = [];
  child.stderr?.on("data", (chunk: Buffer) => said.push(chunk.toString()));
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const address = await new Promise<Address>((resolve, reject) => {
    const limit = setTimeout(() => fail("it took too long"), START_LIMIT_MS);
    const fail = (why: string) => {
      clearTimeout(limit);
      child.kill();
      reject(new Error(`The emulator didn't start: ${why}\n${said.join("")}`));
    };
    child.once("error", (error) => fail(String(error)));
    child.once("exit", () => fail("it ended"));
    child.once("message", (message) => {
      clearTimeout(limit);
      resolve(message as Address);
    });
  });
  return connectEmulator(address, async () => {
    child.kill();
    await ended;
  });
}

/** The control door of a started emulator, which `stop` ends. */
export function connectEmulator(address: Address, stop: () => Promise<void>): Emulator {
  const control = (method: string, name: string, body?: unknown) =>
    callControl(address, method, name, body);
  return {
    ...address,
    control,
    log: async () => (await control("GET", "log")) as readonly LoggedRequest[],
    clearLog: async () => void (await control("DELETE", "log")),
    set: async (change) => void (await control("POST", "switches", change)),
    reset: async () => void (await control("DELETE", "switches")),
    write: async (write) => void (await control("POST", "writes", write)),
    stop,
  };
}

async function callControl(
  address: Address,
  method: string,
  name: string,
  body?: unknown,
): Promise<unknown> {
  const response = await fetch(new URL(`/__emulator/${name}`, address.url), {
    method,
    headers: { authorization: `Bearer ${address.token}`, "content-type": "application/json" },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) {
    throw new Error(`${method} ${name}: ${response.status} ${text}`);
  }
  return JSON.parse(text);
}
