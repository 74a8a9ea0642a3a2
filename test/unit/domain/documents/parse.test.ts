import { deepEqual, equal } from "node:assert/strict";
import { changedCapabilities, documentChanges } from "../../../../src/domain/documents/changes.ts";
import { checkDocument } from "../../../../src/domain/documents/check.ts";
import { serverDocument } from "../../../../src/domain/documents/serverDocument.ts";
import { withValues } from "../../../../src/domain/servers/fields.ts";
import { capability, server } from "../../support/servers.ts";

const docs = server({
  toolOverrides: [
    { name: "search", alias: "find", description: "Find it" },
    { name: "vanished", enabled: false },
  ],
});
const document = serverDocument(docs);
const base = document.text;

function changed(text: string): readonly unknown[] {
  return documentChanges(document, base, text).map(({ field, from, to }) => [
    field.of?.name,
    field.key,
    from,
    to,
  ]);
}

describe("the changes to a document", () => {
  it("are none when only the layout differs", () => {
    deepEqual(changed(base), []);
    deepEqual(changed(JSON.stringify(JSON.parse(base))), []);
  });

  it("are found field by field", () => {
    const text = base
      .replace('"Docs"', '"Documentation"')
      .replace('"secure_web_gateway": false', '"secure_web_gateway": true')
      .replace('"find"', '"look"');
    deepEqual(changed(text), [
      [undefined, "name", "Docs", "Documentation"],
      [undefined, "secure_web_gateway", false, true],
      ["search", "alias", "find", "look"],
    ]);
  });

  it("remove the override of an entry that is gone", () => {
    const text = base.replace(/ {4}"search".*\n/u, "").replace(/,\n {4}"vanished".*\n/u, "\n");
    deepEqual(changed(text), [
      ["search", "alias", "find", null],
      ["search", "description", "Find it", null],
      ["vanished", "enabled", false, null],
    ]);
    const after = withValues(docs, documentChanges(document, base, text));
    deepEqual([...after.toolOverrides.keys()], []);
  });

  it("leave alone what is left out of the server, and clear what is null", () => {
    const text = base.replace(/ {2}"name".*\n/u, "").replace('"Search the docs"', "null");
    deepEqual(changed(text), [[undefined, "description", "Search the docs", null]]);
  });

  it("are counted by tools and prompts, not by fields", () => {
    const text = base.replace('"find", "description": "Find it"', '"look"');
    equal(changedCapabilities(documentChanges(document, base, text)), 1);
  });

  it("may be to tools of any name", () => {
    const odd = server({
      tools: ["__proto__", "constructor", "7"].map((n) => capability("tool", n)),
    });
    const { text } = serverDocument(odd);
    const next = text.replace(
      '"__proto__": { "enabled": true }',
      '"__proto__": { "enabled": false }',
    );
    deepEqual(
      documentChanges(serverDocument(odd), text, next).map(({ field, to }) => [field.of?.name, to]),
      [["__proto__", false]],
    );
    deepEqual(checkDocument(next, serverDocument(odd)), []);
  });
});

describe("a document's text", () => {
  const codes = (text: string): readonly string[] =>
    checkDocument(text, document).map(({ code, span: { offset, length } }) =>
      `${code} ${text.slice(offset, offset + length)}`.trim(),
    );

  it("is valid as the server gives it", () => deepEqual(codes(base), []));

  it("is refused when it isn't a server's document", () => {
    deepEqual(codes("[]"), ["document/type []"]);
    equal(codes("{")[0]?.startsWith("document/syntax"), true);
    equal(
      codes(`${base.trimEnd().slice(0, -1)}, /* a */ }`)[0]?.startsWith("document/syntax"),
      true,
    );
    deepEqual(codes(base.replace('"Docs"', "7")), ["document/type 7"]);
    deepEqual(codes(base.replace('"enabled": false }', '"enabled": "no" }')), [
      'document/type "no"',
    ]);
  });

  it("may not leave out a section whose overrides would be lost with it", () => {
    const { tools: _, ...rest } = JSON.parse(base) as { tools: unknown };
    deepEqual(codes(JSON.stringify(rest)), ["document/missing {"]);
    const { prompts: __, ...other } = JSON.parse(base) as { prompts: unknown };
    deepEqual(codes(JSON.stringify(other)), []);
  });

  it("may name a vanished tool that has an override, and no other unknown name", () => {
    deepEqual(codes(base.replace('"delete_page"', '"delete_pages"')), [
      'document/unknown-name "delete_pages"',
    ]);
  });

  it("may not use an alias twice across tools and prompts", () => {
    deepEqual(codes(base.replace('"find"', '"summarise"')), ['name/alias-duplicate "summarise"']);
    const twice = base.replace(
      '"delete_page": { "enabled": true }',
      '"delete_page": { "alias": "find" }',
    );
    deepEqual(codes(twice), ['name/alias-duplicate "find"', 'name/alias-duplicate "find"']);
    deepEqual(codes(base.replace('"find"', '"search"')), []);
  });
});
