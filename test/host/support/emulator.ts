import { type ChildProcess, fork } from "node:child_process";
import { join } from "node:path";
import process from "node:process";
import type { GlobalKey } from "../../../src/emulator/identity.ts";
import { connectEmulator, type Emulator, startEmulator } from "../../harness/emulator.ts";
import type { Order, Report, Started } from "./emulatorProcess.ts";

export interface TestEmulator extends Emulator {
  /** The Global API Key that it generated. */
  readonly globalKey: GlobalKey;
}

/** Starts the emulator that the extension ships. `after(() => emulator.stop())` ends it. */
export function startShippedEmulator(): Promise<Emulator> {
  return startEmulator(inExtension("dist", "emulator.js"));
}

/** Starts an emulator beside the others of this extension host, in a process of theirs. */
export async function startTestEmulator(...args: string[]): Promise<TestEmulator> {
  const id = ordered++;
  const started = await order({ kind: "start", id, args });
  if (started === undefined) {
    throw new Error("The emulator didn't say how it is reached.");
  }
  const { globalKey, ...address } = started;
  return {
    ...connectEmulator(address, async () => void (await order({ kind: "stop", id }))),
    globalKey,
  };
}

let ordered = 0;
let emulators: ChildProcess | undefined;

/** Resolves when the order was carried out, or rejects with the reason why it couldn't be. */
function order(given: Order): Promise<Started | undefined> {
  emulators ??= forkEmulators();
  const child = emulators;
  return new Promise((resolve, reject) => {
    const ended = () => reject(new Error("The process of the emulators has ended."));
    const hear = (report: Report) => {
      if (report.id !== given.id) {
        return;
      }
      child.off("message", hear).off("exit", ended);
      if ("failed" in report) {
        reject(new Error(`The emulator didn't ${given.kind}: ${report.failed}`));
      } else {
        resolve(report.started);
      }
    };
    child.on("message", hear).on("exit", ended);
    child.send(given);
  });
}

function forkEmulators(): ChildProcess {
  return fork(inExtension("test", "support", "emulatorProcess.js"), {
    env: { ...process.env, ELECTRON_RUN_AS_NODE: "1" },
    execArgv: [],
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
}

/** The path of a file that the suite's script has built. */
function inExtension(...path: string[]): string {
  const root = process.env["MCP_PORTALS_TEST_ROOT"];
  if (!root) {
    throw new Error("MCP_PORTALS_TEST_ROOT is missing: start the suite by its script.");
  }
  return join(root, ...path);
}
