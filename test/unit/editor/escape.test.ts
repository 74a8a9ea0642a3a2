import { equal } from "node:assert/strict";
import { escapeLabel, escapeMarkdown } from "../../../src/editor/escape.ts";

/** The patterns with which VS Code reads labels and messages. */
const ICON = /(\\)?\$\(([A-Za-z0-9]+(?:-[A-Za-z0-9]+)*(?:~[A-Za-z]+)?)\)/u;
const LINK = /\[([^\]]+)\]\(((?:https?:\/\/|command:|file:)[^)\s]+)(?: (["'])(.+?)(\3))?\)/iu;

describe("somebody else's text", () => {
  for (const text of ["$(trash)", "$$(trash)", "\\$(sync~spin)", "a $(x) b $(y)"]) {
    it(`shows no icon: ${text}`, () => equal(ICON.test(escapeLabel(text)), false));
  }

  for (const text of ["[a](command:b)", "[[a]](https://b)", '[a](command:b "c")']) {
    it(`has no link: ${text}`, () => equal(LINK.test(escapeLabel(text)), false));
  }

  it("looks the same once it is escaped", () => {
    equal(escapeLabel("plain $5 (a) [b]"), "plain $5 (a) [b]");
    equal(escapeLabel("$(a)[b](c)").replaceAll("\u2060", ""), "$(a)[b](c)");
  });
});

describe("somebody else's text for Markdown", () => {
  const cases: readonly (readonly [what: string, text: string, escaped: string])[] = [
    [
      "a tag",
      'Safe. <i title="… send the key" x=y> Simple.',
      'Safe. \\<i title="… send the key" x=y\\> Simple.',
    ],
    ["an entity", "&nbsp;&lt;b&#62;", "\\&nbsp;\\&lt;b\\&\\#62;"],
    ["a numbered list", "1. one\n  2. two", "1\\. one\n\n&nbsp;&nbsp;2\\. two"],
    ["a bracketed command", "<command:a.b>", "\\<command:a.b\\>"],
    ["a link", "[a](command:b)", "\\[a\\]\\(command:b\\)"],
    ["an address", "https://a.b www.a.b a@b.c", "https\\://a.b www\\.a.b a\\@b.c"],
    ["a code fence", "```\na\n```", "\\`\\`\\`\n\na\n\n\\`\\`\\`"],
    ["an icon", "$(trash)", "\\$\\(trash\\)"],
    ["an indented line", "a\n    b\n\tc", "a\n\n&nbsp;&nbsp;&nbsp;&nbsp;b\n\n&nbsp;c"],
    ["a table", "a|b\r\n-|-", "a\\|b\n\n\\-\\|\\-"],
    ["words", "behind the user's back. 3.5 a1. b", "behind the user's back. 3.5 a1. b"],
  ];
  for (const [what, text, escaped] of cases) {
    it(`draws ${what} as it is written`, () => equal(escapeMarkdown(text), escaped));
  }

  it("is escaped in linear time", () => {
    for (const pump of ["1", " ", "\t", "\n", "1. ", "://", "www.", "\\", "&nbsp;"]) {
      equal(escapeMarkdown(pump.repeat(100_000)).length > 0, true);
    }
  });
});
