const { writeFileSync } = require("node:fs");
const { createServer } = require("node:http");
const { setTimeout: pause } = require("node:timers/promises");

const STEP_MS = 5;

/**
 * Tells the benchmarks for how long at a stretch the extension host was busy, which is what keeps
 * everybody else waiting: milliseconds of its thread between two of our own turns. In time of the
 * processor, since a machine that does other things too would count as ours otherwise.
 */
exports.activate = (context) => {
  let longest = 0;
  let last = process.threadCpuUsage();
  const look = () => {
    const { user, system } = process.threadCpuUsage(last);
    last = process.threadCpuUsage();
    longest = Math.max(longest, (user + system) / 1000);
  };
  const timer = setInterval(look, STEP_MS);
  /** Answers with the longest stretch since it was asked before. */
  const server = createServer(async (_, response) => {
    await pause(2 * STEP_MS);
    response.end(JSON.stringify(longest));
    longest = 0;
  });
  server.listen(0, "127.0.0.1", () => {
    writeFileSync(process.env.MCP_PORTALS_PROBE, String(server.address().port));
  });
  context.subscriptions.push({
    dispose: () => {
      clearInterval(timer);
      server.close();
    },
  });
};
