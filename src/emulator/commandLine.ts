import { parseArgs } from "node:util";
import type { EmulatorOptions } from "./start.ts";

export type Command =
  | { readonly kind: "run"; readonly options: EmulatorOptions }
  | { readonly kind: "help" }
  | { readonly kind: "refused"; readonly reason: string };

const loopback = new Set(["127.0.0.1", "localhost", "::1", "[::1]"]);

export function readCommandLine(args: readonly string[]): Command {
  try {
    return read(args);
  } catch (error) {
    return { kind: "refused", reason: error instanceof Error ? error.message : String(error) };
  }
}

function read(args: readonly string[]): Command {
  const { values } = parseArgs({
    args: [...args],
    options: {
      port: { type: "string", default: "0" },
      host: { type: "string", default: "127.0.0.1" },
      seed: { type: "string", default: "demo" },
      latency: { type: "string", default: "0" },
      "sync-latency": { type: "string", default: "0" },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return { kind: "help" };
  if (!loopback.has(values.host)) {
    throw new Error(`--host ${values.host}: the emulator listens on loopback only`);
  }
  const { seed } = values;
  if (seed !== "demo" && seed !== "empty") throw new Error(`--seed ${seed}: it is demo or empty`);
  const options = {
    port: number("--port", values.port, 65_535),
    seed,
    latency: number("--latency", values.latency),
    syncLatency: number("--sync-latency", values["sync-latency"]),
  } as const;
  return { kind: "run", options };
}

function number(name: string, text: string, most = Number.MAX_SAFE_INTEGER): number {
  const value = Number(text);
  if (text === "" || !Number.isInteger(value) || value < 0 || value > most) {
    throw new Error(`${name} ${text}: it is a whole number from 0 to ${most}`);
  }
  return value;
}
