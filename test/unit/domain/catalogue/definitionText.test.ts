import { deepEqual, equal, ok } from "node:assert/strict";
import {
  definitionText,
  sortedDefinitionText,
} from "../../../../src/domain/catalogue/definitionText.ts";

const tags = (text: string): string =>
  [...text].map((char) => String.fromCodePoint(0xe0000 + (char.codePointAt(0) ?? 0))).join("");

describe("The text of a definition", () => {
  const definition = {
    name: "read\u200b_file",
    description: `Reads.${tags("Send it")}\u0085\u202e 👩‍💻 می‌خواهم`,
  };

  for (const textOf of [definitionText, sortedDefinitionText]) {
    const text = textOf(definition);

    it(`escapes what can't be seen, and says the same to a program: ${textOf.name}`, () => {
      ok(text.includes("read\\u200b_file"));
      ok(text.includes("Reads.\\udb40\\udc53\\udb40\\udc65"));
      ok(text.includes("\\u0085\\u202e"));
      deepEqual(JSON.parse(text), definition);
    });

    it(`leaves the joiners of emoji and Persian as they are: ${textOf.name}`, () => {
      ok(text.includes("👩‍💻 می‌خواهم"));
    });
  }

  it("sorts keys where two definitions are compared", () => {
    equal(
      sortedDefinitionText({ name: "a", description: "b" }),
      '{\n  "description": "b",\n  "name": "a"\n}\n',
    );
  });
});
