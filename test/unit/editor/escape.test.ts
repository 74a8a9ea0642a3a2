import { equal } from "node:assert/strict";
import { escapeLabel } from "../../../src/editor/escape.ts";

/** As VS Code reads labels and messages. */
const ICON = /(\\)?\$\(([A-Za-z0-9]+(?:-[A-Za-z0-9]+)*(?:~[A-Za-z]+)?)\)/u;
const LINK = /\[([^\]]+)\]\(((?:https?:\/\/|command:|file:)[^)\s]+)(?: (["'])(.+?)(\3))?\)/iu;

describe("somebody else's text", () => {
  for (const text of ["$(trash)", "$$(trash)", "\\$(sync~spin)", "a $(x) b $(y)"]) {
    it(`shows no icon: ${text}`, () => equal(ICON.test(escapeLabel(text)), false));
  }

  for (const text of ["[a](command:b)", "[[a]](https://b)", '[a](command:b "c")']) {
    it(`has no link: ${text}`, () => equal(LINK.test(escapeLabel(text)), false));
  }

  it("looks the same", () => {
    equal(escapeLabel("plain $5 (a) [b]"), "plain $5 (a) [b]");
    equal(escapeLabel("$(a)[b](c)").replaceAll("\u2060", ""), "$(a)[b](c)");
  });
});
