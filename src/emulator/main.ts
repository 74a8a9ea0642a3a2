import { helpText, readCommandLine } from "./commandLine.ts";
import type { EmulatorOptions } from "./emulation.ts";
import { startEmulator } from "./start.ts";

const command = readCommandLine(process.argv.slice(2));
if (command.kind === "help") {
  process.stdout.write(helpText());
} else if (command.kind === "refused") {
  refuse(command.reason, 2);
} else {
  await run(command.options);
}

async function run(options: EmulatorOptions): Promise<void> {
  const stops = Promise.withResolvers<void>();
  // The parent may end without stopping this process, even during the start. This process then ends
  // too.
  if (process.send) {
    process.once("disconnect", stops.resolve);
  }
  process.once("SIGINT", stops.resolve);
  process.once("SIGTERM", stops.resolve);
  try {
    const emulator = await startEmulator(options);
    const { url, accountId, token, portals } = emulator;
    const start = { url, accountId, token, portals };
    process.stdout.write(`${JSON.stringify(start)}\n`);
    process.stderr.write(`emulator: started in ${Math.round(performance.now())} ms\n`);
    process.send?.(start);
    await stops.promise;
    await emulator.close();
    process.exit();
  } catch (error) {
    await tellParent({ failed: codeOf(error) });
    refuse(error instanceof Error ? error.message : String(error), 1);
  }
}

/** Resolves when it is told, or when nobody is there who could be. */
function tellParent(message: object): Promise<void> {
  return new Promise((resolve) => {
    if (process.send === undefined || !process.connected) {
      resolve();
      return;
    }
    process.send(message, () => resolve());
  });
}

/** A code of Node's, such as ENOSPC, or of a StateFileError; "" for any other error. */
function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error && typeof error.code === "string"
    ? error.code
    : "";
}

function refuse(reason: string, code: number): void {
  process.stderr.write(`${reason}\n`);
  process.exit(code);
}
