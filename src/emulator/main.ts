import { readCommandLine } from "./commandLine.ts";
import { type EmulatorOptions, startEmulator } from "./start.ts";

const command = readCommandLine(process.argv.slice(2));
if (command.kind === "refused") {
  process.stderr.write(`${command.reason}\n`);
  process.exitCode = 2;
} else if (command.kind === "help") {
  process.stdout.write("");
} else {
  await run(command.options);
}

async function run(options: EmulatorOptions): Promise<void> {
  const emulator = await startEmulator(options);
  const { url, accountId, token } = emulator;
  const ready = { url, accountId, token };
  process.stdout.write(`${JSON.stringify(ready)}\n`);
  process.stderr.write(`emulator: started in ${Math.round(performance.now())} ms\n`);
  const end = () => emulator.close().then(() => process.exit(0));
  process.once("SIGINT", end);
  process.once("SIGTERM", end);
  if (process.send) {
    // The parent may die without a word; nothing of ours outlives it.
    process.once("disconnect", end);
    process.send(ready);
  }
}
