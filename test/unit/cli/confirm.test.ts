import { equal, match } from "node:assert/strict";
import { PassThrough } from "node:stream";
import { confirm } from "../../../src/cli/confirm.ts";

/** A terminal at which somebody types. */
function terminal(isInteractive = true) {
  return { input: new PassThrough(), output: new PassThrough(), isInteractive };
}

describe("The question before apply writes", () => {
  for (const [typed, answer] of [
    ["y", true],
    ["Yes", true],
    [" YES ", true],
    ["n", false],
    ["", false],
    ["yesterday", false],
  ] as const) {
    it(`takes ${JSON.stringify(typed)} for ${answer ? "yes" : "no"}`, async () => {
      const at = terminal();
      const asked = confirm("Write 2 changes?", at);
      at.input.write(`${typed}\n`);
      equal(await asked, answer);
      match(String(at.output.read()), /^Write 2 changes\? \[y\/N\] /u);
    });
  }

  it("takes an input that ends for no", async () => {
    const at = terminal();
    const asked = confirm("Write 2 changes?", at);
    at.input.end();
    equal(await asked, false);
  });

  it("isn't asked where nobody sits at a terminal", async () => {
    const at = terminal(false);
    equal(await confirm("Write 2 changes?", at), undefined);
    equal(at.output.read(), null);
  });
});
