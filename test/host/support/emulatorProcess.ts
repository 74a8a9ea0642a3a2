import process from "node:process";
import { readCommandLine } from "../../../src/emulator/commandLine.ts";
import type { GlobalKey } from "../../../src/emulator/identity.ts";
import type { FirstSyncs } from "../../../src/emulator/seeds/demo.ts";
import { type Emulator, startEmulator } from "../../../src/emulator/start.ts";
import type { Address } from "../../harness/emulator.ts";

/** What an extension host asks of this process. */
export type Order =
  | { readonly kind: "start"; readonly id: number; readonly args: readonly string[] }
  | { readonly kind: "stop"; readonly id: number };

export interface Started extends Address {
  readonly globalKey: GlobalKey;
}

/** Says that an order was carried out, or why not. A start says how the emulator is reached. */
export type Report =
  | { readonly id: number; readonly started?: Started }
  | { readonly id: number; readonly failed: string };

/**
 * Runs the emulators of one extension host's tests, of which two share nothing. Loading the
 * emulator takes half a second of a core, and the host tests start about 300.
 */
const running = new Map<number, Emulator>();

process.on("message", (order: Order) => {
  carryOut(order).then(
    (started) => process.send?.({ id: order.id, ...(started && { started }) } satisfies Report),
    (error: unknown) => process.send?.({ id: order.id, failed: String(error) } satisfies Report),
  );
});
// The extension host may end without a word.
process.once("disconnect", async () => {
  await Promise.all([...running.values()].map((emulator) => emulator.close()));
  process.exit();
});

let firstSyncs: FirstSyncs | undefined;

/** The port of the first emulator, which every later one gets that is alone. */
let usual: number | undefined;

/**
 * One emulator after the other is reached at one address, so that the window's setting stays as it is.
 * Each change of it takes VS Code a fifth of a second of a core.
 */
function usualPort(): number {
  return [...running.values()].some((other) => portOf(other) === usual) ? 0 : (usual ?? 0);
}

function portOf({ url }: Emulator): number {
  return Number(new URL(url).port);
}

async function carryOut(order: Order): Promise<Started | undefined> {
  if (order.kind === "stop") {
    await running.get(order.id)?.close();
    running.delete(order.id);
    return undefined;
  }
  const command = readCommandLine(order.args);
  if (command.kind !== "run") {
    throw new Error(`These are no arguments of the emulator: ${order.args.join(" ")}`);
  }
  const port = command.options.port || usualPort();
  const emulator = await startEmulator({ ...command.options, port, firstSyncs });
  firstSyncs ??= emulator.firstSyncs;
  running.set(order.id, emulator);
  usual ??= portOf(emulator);
  const { url, accountId, token, globalKey } = emulator;
  return { url, accountId, token, globalKey };
}
