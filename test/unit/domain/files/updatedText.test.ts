import { deepEqual, equal } from "node:assert/strict";
import { documentChanges } from "../../../../src/domain/documents/changes.ts";
import { readDocument } from "../../../../src/domain/documents/parse.ts";
import { serverDocument } from "../../../../src/domain/documents/serverDocument.ts";
import { FileDocument, ownValues } from "../../../../src/domain/files/fileDocument.ts";
import { updatedText } from "../../../../src/domain/files/updatedText.ts";
import type { Server } from "../../../../src/domain/servers/server.ts";
import { capability, server } from "../../support/servers.ts";

const fileOf = (of: Server): FileDocument =>
  new FileDocument("server", serverDocument(of), ownValues(of));

const DOCS = server({
  id: "docs",
  name: "Docs",
  hostname: "https://docs.example/mcp",
  tools: ["search", "read", "write"].map((name) => capability("tool", name)),
  prompts: [],
  secureWebGateway: undefined,
  toolOverrides: [{ name: "search", alias: "find" }],
});

/** No problem, and no change that an apply would make. */
function check(text: string, of: Server): void {
  const { shape } = fileOf(of);
  deepEqual(readDocument(text, shape, { comments: true }).problems, []);
  const document = serverDocument(of);
  deepEqual(documentChanges(document, document.text, text), []);
}

describe("A file's text, brought to what the account has", () => {
  it("stays as it is where nothing differs, whatever its order and its comments are", () => {
    const text = `// ours
{
  "tools": { "write": { "enabled": true }, /* first */ "read": {}, "search": { "alias": "find" } },
  "name": "Docs" // the name
}
`;
    equal(updatedText(text, fileOf(DOCS)), text);
    check(text, DOCS);
  });

  it("gets another value in its place", () => {
    const text = fileOf(DOCS).text.replace('"find"', '"seek"').replace("{", "{ // ours");
    equal(updatedText(text, fileOf(DOCS)), fileOf(DOCS).text.replace("{", "{ // ours"));
  });

  it("loses what has no override any more, and keeps the comments around it", () => {
    const text = `{
  "name": "Docs",
  "tools": {
    "search": { "enabled": true, "alias": "find", "description": "Ours" }, // searches
    // gone
    "old": { "enabled": false }, // old
    "read": { "enabled": true, "description": "Reads" }, // reads
    "write": { "enabled": true }, // writes
    "older": { "enabled": false }
  },
  "prompts": {}
}
`;
    equal(
      updatedText(text, fileOf(DOCS)),
      `{
  "name": "Docs",
  "tools": {
    "search": { "enabled": true, "alias": "find" }, // searches
    // gone
     // old
    "read": { "enabled": true }, // reads
    "write": { "enabled": true } // writes
    
  },
  "prompts": {}
}
`,
    );
    check(updatedText(text, fileOf(DOCS)), DOCS);
  });

  it("gets what is new at the end, behind the comment of the last one", () => {
    const text = `{
  "tools": {
    "read": { "enabled": true } // reads
  },
  "prompts": {}
}
`;
    equal(
      updatedText(text, fileOf(DOCS)),
      `{
  "tools": {
    "read": { "enabled": true }, // reads
    "search": { "enabled": true, "alias": "find" },
    "write": { "enabled": true }
  },
  "prompts": {}
}
`,
    );
  });

  it("gets a section that is missing and needed, and entries in an empty one", () => {
    for (const text of ["{}", '{ "tools": {} }', '{\n  "tools": { // none\n  }\n}']) {
      check(updatedText(text, fileOf(DOCS)), DOCS);
    }
  });

  it("keeps what only a file says, and a URL that differs in its secrets alone", () => {
    const secret = { ...DOCS, hostname: "https://docs.example/mcp?key=abc" };
    const text = `{
  "$schema": "../../elsewhere.json",
  "id": "docs",
  "hostname": "https://docs.example/mcp?key=…",
  "auth_credentials": "\${env:DOCS}",
  "tools": { "search": { "alias": "find" }, "read": {}, "write": {} }
}
`;
    equal(updatedText(text, fileOf(secret)), text);
    equal(fileOf(secret).text.includes("abc"), false);
  });
});
