// An extension host has these of Node's own long before any extension, so they count for nobody.
import "node:async_hooks";
import "node:child_process";
import "node:crypto";
import "node:fs/promises";
import "node:http";
import "node:https";
import "node:net";
import "node:tls";
import "node:worker_threads";
import "node:zlib";
import { createRequire } from "node:module";

// Prints how long loading took, milliseconds: `import <file>` or `require <package>`.
const [kind, what] = process.argv.slice(2);
const require = createRequire(import.meta.url);
const startedAt = performance.now();
if (kind === "import") {
  await import(what);
} else {
  require(what);
}
process.stdout.write(String(performance.now() - startedAt));
process.exit();
