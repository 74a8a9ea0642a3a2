import { spawn } from "node:child_process";
import { parseArgs } from "node:util";

/**
 * Runs the contract suite alone, and prints a table of observations for open questions. `--live`
 * runs it against Cloudflare, with CLOUDFLARE_API_TOKEN and CLOUDFLARE_ACCOUNT_ID.
 */
const { values, positionals } = parseArgs({
  options: { live: { type: "boolean", default: false }, grep: { type: "string" } },
  allowPositionals: true,
});
if (positionals.length > 0) {
  throw new Error(`${positionals.join(" ")}: only --live and --grep are understood`);
}
const missing = ["CLOUDFLARE_API_TOKEN", "CLOUDFLARE_ACCOUNT_ID"].filter(
  (name) => !process.env[name],
);
if (values.live && missing.length > 0) {
  process.stderr.write(
    `${missing.join(" and ")} missing. The token needs "MCP Portals Write" on an account where servers and portals called contract-… may be made and deleted.
CONTRACT_DOMAIN is a domain of that account for the portals' hosts, CONTRACT_UPSTREAM an MCP server
without authentication; the default is Cloudflare's documentation server.
`,
  );
  process.exit(2);
}
const child = spawn(
  process.execPath,
  [
    "node_modules/mocha/bin/mocha.js",
    ...(values.live ? ["--timeout", "120000"] : []),
    ...(values.grep === undefined ? [] : ["--grep", values.grep]),
    "test/contract/**/*.test.ts",
  ],
  {
    stdio: "inherit",
    env: { ...process.env, CONTRACT_TABLE: "1", ...(values.live ? { CONTRACT_LIVE: "1" } : {}) },
  },
);
child.once("exit", (code) => {
  process.exitCode = code ?? 1;
});
