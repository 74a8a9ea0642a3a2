import { deepEqual, equal } from "node:assert/strict";
import { locate } from "../../../../src/domain/documents/places.ts";
import { serverDocument } from "../../../../src/domain/documents/serverDocument.ts";
import { capability, server } from "../../support/servers.ts";

describe("a server's document", () => {
  it("lists what an administrator may change", () => {
    const docs = server({
      isSharedOauthCallbackEnabled: true,
      toolOverrides: [
        { name: "search", alias: "find", description: 'Say "hi"' },
        { name: "vanished", enabled: false },
      ],
      prompts: [],
    });
    equal(
      serverDocument(docs).text,
      `{
  "name": "Docs",
  "description": "Search the docs",
  "secure_web_gateway": false,
  "is_shared_oauth_callback_enabled": true,
  "tools": {
    "search": { "enabled": true, "alias": "find", "description": "Say \\"hi\\"" },
    "delete_page": { "enabled": true },
    "vanished": { "enabled": false }
  },
  "prompts": {}
}
`,
    );
  });

  it("keeps catalogue order and every name, whatever the names are", () => {
    const names = ["zebra", "10", "2", "__proto__", "constructor", 'quo"te'];
    const docs = server({ tools: names.map((name) => capability("tool", name)), prompts: [] });
    const { text } = serverDocument(docs);
    deepEqual(
      [...text.matchAll(/^ {4}("(?:[^"\\]|\\.)*")/gm)].map(([, key = ""]) => JSON.parse(key)),
      names,
    );
    for (const name of names) {
      const span = locate(text, ["tools", name]);
      equal(text.slice(span?.offset).startsWith(JSON.stringify(name)), true, name);
    }
  });

  it("finds the place of the nearest property", () => {
    const { text } = serverDocument(server());
    deepEqual(locate(text, ["tools", "search", "alias"]), locate(text, ["tools", "search"]));
    equal(locate(text, ["nowhere"]), undefined);
    equal(locate("", ["name"]), undefined);
  });
});
