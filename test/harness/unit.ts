import { parseArgs } from "node:util";
import settings from "../../.mocharc.json" with { type: "json" };
import { processesAtOnce } from "./concurrent.ts";
import { closeTier, isGood } from "./counts.ts";
import { runMocha } from "./mochaTier.ts";
import { keepCompiled } from "./processes.ts";

/** `npm run test:unit`: tests that need no VS Code, shared between processes. */
const { values } = parseArgs({
  options: { grep: { type: "string" }, jobs: { type: "string" } },
});

keepCompiled();
const counts = await runMocha({
  folders: ["test/unit", "test/contract"],
  jobs: processesAtOnce(values.jobs),
  timeout: settings.timeout,
  grep: values.grep,
});
await closeTier("unit", counts);
process.exitCode = isGood(counts) ? 0 : 1;
