import { spawn } from "node:child_process";
import { Socket } from "node:net";
import { Writable } from "node:stream";

/**
 * Starts Chromium for Playwright, without the network events that Playwright asks for. They report
 * each message on a WebSocket, and VS Code's page and extension host talk over one: with them, 141
 * host tests take 114 s of the processor's time, without them 101 s.
 *
 * Playwright writes its requests to Chromium's file 3, and reads the answers from file 4. A request
 * is JSON with a NUL behind it.
 */
const [executable = "", ...flags] = process.argv.slice(2);
const requests = new Socket({ fd: 3, readable: true, writable: false });
const chromium = spawn(executable, flags, { stdio: ["inherit", "inherit", "inherit", "pipe", 4] });
chromium.once("exit", (code) => process.exit(code ?? 1));
chromium.once("error", (error) => {
  console.error(error.message);
  process.exit(127);
});
const toChromium = chromium.stdio[3];
if (!(toChromium instanceof Writable)) {
  throw new Error("Chromium has no pipe for requests.");
}
let begun = "";
for await (const chunk of requests.setEncoding("utf8")) {
  const [first = "", ...others] = String(chunk).split("\0");
  const pieces = [begun + first, ...others];
  begun = pieces.pop() ?? "";
  for (const request of pieces) {
    toChromium.write(`${withoutNetwork(request)}\0`);
  }
}
toChromium.end();

/** Both requests get the same answer, an empty object. */
function withoutNetwork(request: string): string {
  return request.replace('"method":"Network.enable"', '"method":"Network.disable"');
}
