import { equal } from "node:assert/strict";
import { withProperty } from "../../../../src/domain/documents/jsonEdits.ts";
import { serverDocument } from "../../../../src/domain/documents/serverDocument.ts";
import { overrideValues, withValues } from "../../../../src/domain/servers/fields.ts";
import { server } from "../../support/servers.ts";

const docs = server();
const base = serverDocument(docs).text;

describe("setting a property in a document's text", () => {
  it("puts it where the document itself would have it", () => {
    const edit = overrideValues({ kind: "tool", name: "search" }, { alias: "find" });
    const text = withProperty(base, ["tools", "search", "alias"], "find");
    equal(text, serverDocument(withValues(docs, edit)).text);
    equal(withProperty(text, ["tools", "search", "alias"], undefined), base);
  });

  it("adds the objects around it where they are missing", () => {
    const bare = serverDocument(server({ tools: [] })).text;
    const one = withProperty(bare, ["tools", "__proto__", "enabled"], false);
    equal(
      one,
      bare.replace('"tools": {}', '"tools": {\n    "__proto__": { "enabled": false }\n  }'),
    );
    const two = withProperty(one, ["tools", "7", "enabled"], true);
    equal(two, one.replace("false }", 'false },\n    "7": { "enabled": true }'));
    equal(withProperty("{}", ["name"], "Docs"), '{\n  "name": "Docs"\n}');
  });

  it("replaces its value, and removes whole entries", () => {
    equal(withProperty(base, ["name"], "X"), base.replace('"Docs"', '"X"'));
    equal(
      withProperty(base, ["tools", "search"], undefined),
      base.replace('"search": { "enabled": true },\n    ', ""),
    );
  });

  it("changes nothing where another value is in the way, or the text isn't JSON", () => {
    for (const text of ['{"tools": 7}', '{"tools": {"search": []}}', "", "[]"]) {
      equal(withProperty(text, ["tools", "search", "alias"], "x"), text);
    }
    equal(withProperty(base, ["tools", "search", "alias"], undefined), base);
  });
});
