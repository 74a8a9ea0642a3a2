import { deepEqual, equal } from "node:assert/strict";
import { type FieldChange, fieldId } from "../../../../src/domain/changes/change.ts";
import { changedCapabilities, documentChanges } from "../../../../src/domain/documents/changes.ts";
import { checkDocument } from "../../../../src/domain/documents/check.ts";
import { documentFixes } from "../../../../src/domain/documents/fixes.ts";
import { withProperty } from "../../../../src/domain/documents/jsonEdits.ts";
import { locate } from "../../../../src/domain/documents/places.ts";
import {
  type PortalSurroundings,
  portalDocument,
  removedServers,
} from "../../../../src/domain/documents/portalDocument.ts";
import { fieldPath } from "../../../../src/domain/documents/shape.ts";
import { PORTAL_FIELDS } from "../../../../src/domain/portals/fields.ts";
import { planPatch } from "../../../../src/domain/portals/patch.ts";
import type { Portal } from "../../../../src/domain/portals/portal.ts";
import { mapping, portal } from "../../support/portals.ts";
import { capability, server } from "../../support/servers.ts";

const tools = ["search", "find", "read"].map((name) => capability("tool", name));
const docs = mapping("docs", {
  tools,
  toolOverrides: [
    { name: "search", alias: "look" },
    { name: "find", enabled: false },
    { name: "vanished", alias: "gone" },
  ],
});
const tickets = mapping("tickets", {
  tools: [capability("tool", "create")],
  defaultDisabled: true,
  onBehalf: false,
  toolOverrides: [{ name: "create", enabled: true }],
});
const main = portal({ description: "", mappings: [docs, tickets] });
const wiki = server({ id: "wiki", tools: [capability("tool", "read_page")], prompts: [] });

const around: PortalSurroundings = {
  server: (id) => (id === "wiki" ? wiki : main.mappings.get(id)?.server),
  serverIds: () => ["docs", "tickets", "wiki"],
  otherPortals: () => [portal({ id: "other", name: "Other", hostname: "taken.example.com" })],
};
const document = portalDocument(main, around);
const base = document.text;

const BASE = `{
  "name": "Main",
  "hostname": "mcp.example.com",
  "description": "",
  "secure_web_gateway": false,
  "code_mode": "opt_in",
  "servers": {
    "docs": {
      "default_disabled": false,
      "on_behalf": true,
      "tools": {
        "search": { "enabled": true, "alias": "look" },
        "find": { "enabled": false },
        "read": { "enabled": true },
        "vanished": { "enabled": true, "alias": "gone" }
      },
      "prompts": {}
    },
    "tickets": {
      "default_disabled": true,
      "on_behalf": false,
      "tools": {
        "create": { "enabled": true }
      },
      "prompts": {}
    }
  }
}
`;

function changesIn(text: string, from = base): readonly FieldChange[] {
  return document.meaningful(documentChanges(document, from, text));
}

function changed(text: string, from = base): readonly unknown[] {
  return changesIn(text, from).map(({ field, from: old, to }) => [
    fieldPath(field).join("/"),
    old,
    to,
  ]);
}

/** The portal as it is once the text is saved. */
function saved(text: string): Portal {
  return PORTAL_FIELDS.set(main, changesIn(text));
}

describe("a portal's document", () => {
  it("lists its values, its servers, and each tool with what the portal has of its own", () =>
    equal(base, BASE));

  it("leaves out switches and policies that Cloudflare didn't send", () => {
    const { text } = portalDocument(portal({ codeMode: undefined, secureWebGateway: undefined }), {
      ...around,
      server: () => undefined,
    });
    equal(
      text,
      '{\n  "name": "Main",\n  "hostname": "mcp.example.com",\n  "description": "All of it",\n  "servers": {}\n}\n',
    );
  });

  it("may be of servers and tools of any name", () => {
    const odd = ["__proto__", "7", "tools", "servers"];
    const mappings = odd.map((id) =>
      mapping(id, { tools: odd.map((name) => capability("tool", name)) }),
    );
    const it = portal({ mappings });
    const doc = portalDocument(it, { ...around, server: (id) => it.mappings.get(id)?.server });
    deepEqual(checkDocument(doc.text, doc), []);
    for (const id of odd) {
      for (const name of odd) {
        const path = ["servers", id, "tools", name];
        const text = withProperty(doc.text, [...path, "enabled"], false);
        deepEqual(
          documentChanges(doc, doc.text, text).map(({ field, to }) => [fieldPath(field), to]),
          [[[...path, "enabled"], false]],
        );
        equal(
          doc.text.slice(locate(doc.text, path)?.offset).startsWith(JSON.stringify(name)),
          true,
        );
      }
    }
  });
});

describe("the changes to a portal's document", () => {
  it("are none when only the layout differs", () => {
    deepEqual(changed(base), []);
    deepEqual(changed(JSON.stringify(JSON.parse(base))), []);
  });

  it("are found field by field, on the portal's layer", () => {
    const text = base
      .replace("mcp.example.com", "tools.example.com")
      .replace('"opt_in"', '"enforced"')
      .replace('"on_behalf": true', '"on_behalf": false')
      .replace('"look"', '"seek"')
      .replace('"read": { "enabled": true }', '"read": { "enabled": false }');
    deepEqual(changed(text), [
      ["hostname", "mcp.example.com", "tools.example.com"],
      ["code_mode", "opt_in", "enforced"],
      ["servers/docs/on_behalf", true, false],
      ["servers/docs/tools/search/alias", "look", "seek"],
      ["servers/docs/tools/read/enabled", true, false],
    ]);
    equal(changedCapabilities(changesIn(text)), 2);
  });

  it("give an entry that is removed the mapping's default, and no alias", () => {
    const text = base
      .replace(/ +"search".*\n/u, "")
      .replace(/ +"find".*\n/u, "")
      .replace(/"create": .*\n/u, "\n");
    deepEqual(changed(text), [
      ["servers/docs/tools/search/alias", "look", null],
      ["servers/docs/tools/find/enabled", false, true],
      ["servers/tickets/tools/create/enabled", true, false],
    ]);
  });

  it("leave alone what is left out of the portal and of a mapping", () => {
    const text = base
      .replace(/ {2}"(?:name|hostname|description|code_mode)".*\n/gu, "")
      .replace(/ +"(?:default_disabled|on_behalf)".*\n/gu, "");
    deepEqual(changed(text), []);
    deepEqual(checkDocument(text, document), []);
  });

  it("remove a server with all that the portal has of it, but nothing of what is gone", () => {
    const { docs: _, ...servers } = JSON.parse(base).servers;
    const text = JSON.stringify({ ...JSON.parse(base), servers });
    deepEqual(removedServers(changesIn(text)), ["docs"]);
    deepEqual(changed(text), [
      ["servers/docs/mapped", true, null],
      ["servers/docs/default_disabled", false, null],
      ["servers/docs/on_behalf", true, null],
      ["servers/docs/tools/search/alias", "look", null],
      ["servers/docs/tools/find/enabled", false, null],
    ]);
    deepEqual([...saved(text).mappings.keys()], ["tickets"]);
  });

  it("add a server with the switches and overrides that the text has", () => {
    const text = base.replace(
      '"servers": {',
      '"servers": { "wiki": { "on_behalf": false, "tools": { "read_page": { "alias": "page" } } },',
    );
    deepEqual(checkDocument(text, document), []);
    deepEqual(changed(text), [
      ["servers/wiki/mapped", null, true],
      ["servers/wiki/on_behalf", null, false],
      ["servers/wiki/tools/read_page/alias", null, "page"],
    ]);
    deepEqual(planPatch(main, changesIn(text))?.servers?.at(-1), {
      server_id: "wiki",
      default_disabled: false,
      on_behalf: false,
      updated_tools: [{ name: "read_page", alias: "page" }],
      updated_prompts: [],
    });
  });

  it("keep what is on when new tools are kept off", () => {
    const after = saved(base.replace('"default_disabled": false', '"default_disabled": true'));
    deepEqual(
      ["search", "find", "read"].map(
        (name) => after.mappings.get("docs")?.toolOverrides.get(name)?.enabled,
      ),
      [true, false, true],
    );
  });

  it("are none where a description is the text of the layer below", () => {
    const own = capability("tool", "search").description ?? "";
    const text = withProperty(base, ["servers", "docs", "tools", "search", "description"], own);
    deepEqual(changed(text), []);
  });

  it("name each field once", () => {
    const text = base.replace('"look"', '"seek"').replace('"enabled": false', '"enabled": true');
    const ids = changesIn(text).map(({ field }) => fieldId(field));
    equal(new Set(ids).size, ids.length);
  });
});

describe("the text of a portal's document", () => {
  const codes = (text: string): readonly string[] =>
    checkDocument(text, document).map(
      ({ code, span: { offset, length } }) => `${code} ${text.slice(offset, offset + length)}`,
    );

  it("is valid as the portal gives it", () => deepEqual(codes(base), []));

  for (const [title, from, to, expected] of [
    ["a host with a scheme", "mcp.example.com", "https://x", 'document/value "https://x"'],
    [
      "a host of another portal",
      "mcp.example.com",
      "Taken.example.com",
      'document/value "Taken.example.com"',
    ],
    ["a policy that there isn't", '"opt_in"', '"sometimes"', 'document/type "sometimes"'],
    ["a switch in words", '"on_behalf": true', '"on_behalf": "yes"', 'document/type "yes"'],
    ["an empty name", '"Main"', '""', 'document/length ""'],
    ["a server that there isn't", '"docs"', '"dox"', 'document/unknown-name "dox"'],
    ["a tool that there isn't", '"search"', '"serach"', 'document/unknown-name "serach"'],
    ["a key of a mapping", '"on_behalf"', '"onbehalf"', 'document/unknown-key "onbehalf"'],
    [
      "a server's key in a portal",
      '"code_mode": "opt_in"',
      '"auth_type": "x"',
      'document/unknown-key "auth_type"',
    ],
    ["an alias that can't be one", '"look"', '"two words"', 'name/alias-format "two words"'],
    ["an alias that is a name", '"look"', '"read"', 'name/alias-duplicate "read"'],
    [
      "a mapping of another type",
      /"tickets": \{[\s\S]+?\n {4}\}/u,
      '"tickets": true',
      "document/type true",
    ],
    ["an alias of a tool that is gone", '"gone"', '"back"', 'document/value "back"'],
    [
      "a description of a tool that is gone",
      '"vanished": { "enabled": true',
      '"vanished": { "description": "Back"',
      'document/value "Back"',
    ],
    ["a server that comes again", '"tickets"', '"docs"', 'document/duplicate "docs"'],
  ] as const) {
    it(`is refused for ${title}, and a fix leaves one that can be saved`, () => {
      const text = base.replace(from, to);
      equal(codes(text)[0], expected);
      const [problem] = checkDocument(text, document);
      const fixes = problem === undefined ? [] : documentFixes(text, document, problem);
      equal(fixes.length > 0, true);
      for (const { edit, title: name } of fixes) {
        const mended =
          text.slice(0, edit.offset) + edit.content + text.slice(edit.offset + edit.length);
        equal(codes(mended).includes(expected), false, name);
      }
    });
  }

  it("may turn a tool off that is gone, which changes nothing", () => {
    const text = base.replace('"vanished": { "enabled": true', '"vanished": { "enabled": false');
    deepEqual([codes(text), changed(text)], [[], []]);
  });

  it("may keep or remove the entry of a tool that is gone", () => {
    deepEqual(codes(base.replace(', "alias": "gone"', "")), []);
    const without = base.replace(/,\n +"vanished".*\n/u, "\n");
    deepEqual(
      [codes(without), changed(without)],
      [[], [["servers/docs/tools/vanished/alias", "gone", null]]],
    );
  });

  it("may not leave out the servers, or the tools of one with overrides", () => {
    const { servers, ...rest } = JSON.parse(base);
    deepEqual(codes(JSON.stringify(rest)), ["document/missing {"]);
    const { tools: _, ...bare } = servers.docs;
    const text = JSON.stringify({ ...rest, servers: { ...servers, docs: bare } });
    deepEqual(codes(text), ['document/missing "docs"']);
    const [problem] = checkDocument(text, document);
    const [first] = problem === undefined ? [] : documentFixes(text, document, problem);
    const edit = first?.edit ?? { offset: 0, length: 0, content: "" };
    const mended =
      text.slice(0, edit.offset) + edit.content + text.slice(edit.offset + edit.length);
    deepEqual([codes(mended), changed(mended)], [[], []]);
  });

  it("may have a policy that Cloudflare has added since, where the portal has it", () => {
    const added = portalDocument(portal({ codeMode: "sandboxed" }), around);
    deepEqual(checkDocument(added.text, added), []);
  });

  it("has at most as many servers as a portal takes", () => {
    const ids = Array.from({ length: 81 }, (_, index) => `s${index}`);
    const many = portalDocument(portal({ mappings: ids.map((id) => mapping(id)) }), around);
    deepEqual(
      checkDocument(many.text, many).map(({ code }) => code),
      ["document/value"],
    );
  });
});

describe("setting a property in a portal's document", () => {
  it("puts it where the document itself would have it", () => {
    const path = ["servers", "wiki", "tools", "read_page", "enabled"];
    const text = withProperty(base, path, false);
    equal(
      text,
      base.replace(
        /\n {2}\}\n\}\n$/u,
        ',\n    "wiki": {\n      "tools": {\n        "read_page": { "enabled": false }\n      }\n    }\n  }\n}\n',
      ),
    );
    equal(
      withProperty(base, ["servers", "docs", "tools", "read", "alias"], "x"),
      base.replace('"read": { "enabled": true }', '"read": { "enabled": true, "alias": "x" }'),
    );
  });
});
