import { parseArgs } from "node:util";
import type { EmulatorOptions } from "./options.ts";

export type Command =
  | { readonly kind: "run"; readonly options: EmulatorOptions }
  | { readonly kind: "help" }
  | { readonly kind: "refused"; readonly reason: string };

const loopback = new Set(["127.0.0.1", "localhost", "::1", "[::1]"]);

export function readCommandLine(args: readonly string[]): Command {
  try {
    return read(args);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { kind: "refused", reason: `${reason}\nTry --help.` };
  }
}

function read(args: readonly string[]): Command {
  const { values } = parseArgs({
    args: [...args],
    options: {
      port: { type: "string", default: "0" },
      host: { type: "string", default: "127.0.0.1" },
      seed: { type: "string", default: "demo" },
      servers: { type: "string" },
      tools: { type: "string" },
      latency: { type: "string", default: "0" },
      "sync-latency": { type: "string", default: "0" },
      state: { type: "string" },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    return { kind: "help" };
  }
  if (!loopback.has(values.host)) {
    throw new Error(`--host ${values.host}: the emulator listens on loopback only`);
  }
  const { seed, state } = values;
  if (seed !== "demo" && seed !== "empty") {
    throw new Error(`--seed ${seed}: it is demo or empty`);
  }
  const generate = size(values.servers, values.tools);
  if (generate && state !== undefined) {
    throw new Error("--servers: a generated account is made anew, it can't be kept with --state");
  }
  const options: EmulatorOptions = {
    port: wholeNumber("--port", values.port, 65_535),
    seed,
    latency: wholeNumber("--latency", values.latency),
    syncLatency: wholeNumber("--sync-latency", values["sync-latency"]),
    ...(generate ? { generate } : {}),
    ...(state === undefined ? {} : { stateFile: state }),
  };
  return { kind: "run", options };
}

function size(servers: string | undefined, tools: string | undefined) {
  if (servers === undefined) {
    if (tools !== undefined) {
      throw new Error("--tools: it goes with --servers");
    }
    return undefined;
  }
  return {
    servers: wholeNumber("--servers", servers, 99_999),
    tools: wholeNumber("--tools", tools ?? "25", 10_000),
  };
}

function wholeNumber(name: string, text: string, most = 1_000_000_000): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value > most) {
    throw new Error(`${name} ${text}: it is a whole number from 0 to ${most}`);
  }
  return value;
}
