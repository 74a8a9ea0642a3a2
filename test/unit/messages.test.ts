import { deepEqual } from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const SRC = fileURLToPath(new URL("../../src/", import.meta.url));

/** Functions of VS Code that read links or icons in their texts. */
const DIRECT =
  /window\s*\.(?:show(?:Information|Warning|Error)Message|setStatusBarMessage|showInputBox|withProgress)\(/gu;
/** A dialog shows plain text, and the progress of a view has no text. */
const PLAIN = /^[^;]*?\{ modal: true|^\{ location: \{ viewId: [\w.]+ \} \},/u;

describe("messages", () => {
  it("go the one way that takes links and icons out of what they quote", () => {
    const files = readdirSync(SRC, { recursive: true, encoding: "utf8" }).filter(
      (file) => file.endsWith(".ts") && file !== join("editor", "notifications.ts"),
    );
    const direct = files.filter((file) => {
      const source = readFileSync(join(SRC, file), "utf8");
      return [...source.matchAll(DIRECT)].some(
        ({ index, 0: call }) => !PLAIN.test(source.slice(index + call.length)),
      );
    });
    deepEqual(direct, []);
  });
});
