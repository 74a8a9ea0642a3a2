import { join } from "node:path";

/**
 * The folders of the harness. `.vscode-test` is kept between runs; `out` can be deleted at any
 * time.
 */
export const ROOT = join(import.meta.dirname, "..", "..");
export const CACHE = join(ROOT, ".vscode-test");
export const OUT = join(ROOT, "out");
export const VSIX = join(ROOT, "mcp-portals.vsix");
