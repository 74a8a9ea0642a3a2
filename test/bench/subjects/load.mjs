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
