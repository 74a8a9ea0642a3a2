import { deepEqual, equal, ok } from "node:assert/strict";
import { ApiError } from "../../../../src/domain/apiError.ts";
import { changesFrom, type FieldValue, inverted } from "../../../../src/domain/changes/change.ts";
import {
  mappedCapabilityField,
  mappedOverrideValues,
  mappingField,
} from "../../../../src/domain/portals/fields.ts";
import { copied, detached } from "../../../../src/domain/portals/membership.ts";
import { portalKind } from "../../../../src/domain/portals/portalKind.ts";
import { mapping, portal } from "../../support/portals.ts";
import { capability } from "../../support/servers.ts";

const { fields } = portalKind;
const search = { kind: "tool", name: "search" } as const;
const find = { kind: "tool", name: "find" } as const;

const own = (key: string, to: FieldValue["to"]): FieldValue => ({
  field: { of: undefined, key },
  to,
});
const ofMapping = (
  key: "mapped" | "default_disabled" | "on_behalf",
  to: FieldValue["to"],
): FieldValue => ({ field: mappingField("docs", key), to });

describe("the fields of a portal", () => {
  const tools = [capability("tool", "search"), capability("tool", "find")];
  const docs = mapping("docs", { tools });
  const before = portal({ mappings: [docs] });

  it("are one PUT with the keys that change alone", () => {
    deepEqual(fields.patch(before, [own("name", "Team"), own("description", null)]), {
      name: "Team",
      description: "",
    });
    equal(fields.patch(before, [own("name", "Main")]), undefined);
  });

  it("say whether a capability without an override is enabled as the mapping's default says", () => {
    const field = mappedCapabilityField("docs", search, "enabled");
    equal(fields.get(before, field), true);
    const allowlist = portal({ mappings: [mapping("docs", { tools, defaultDisabled: true })] });
    equal(fields.get(allowlist, field), false);
    equal(fields.get(portal({ mappings: [] }), field), null);
  });

  it("give what is synced now the state that it has when new tools are kept off", () => {
    const after = fields.patch(
      portal({
        mappings: [mapping("docs", { tools, toolOverrides: [{ name: "find", enabled: false }] })],
      }),
      [ofMapping("default_disabled", true)],
    );
    deepEqual(after?.servers, [
      {
        server_id: "docs",
        default_disabled: true,
        on_behalf: true,
        updated_tools: [
          { name: "search", enabled: true },
          { name: "find", enabled: false },
        ],
        updated_prompts: [],
      },
    ]);
  });

  it("keep what is off when new tools are let through", () => {
    const allowlist = portal({
      mappings: [
        mapping("docs", {
          tools,
          defaultDisabled: true,
          toolOverrides: [{ name: "search", enabled: true }],
        }),
      ],
    });
    const after = fields.set(allowlist, [ofMapping("default_disabled", false)]);
    equal(fields.get(after, mappedCapabilityField("docs", search, "enabled")), true);
    equal(fields.get(after, mappedCapabilityField("docs", find, "enabled")), false);
  });

  it("map a server and take it out again", () => {
    const empty = portal({ mappings: [] });
    const values = [
      ofMapping("mapped", true),
      ofMapping("on_behalf", false),
      { field: mappedCapabilityField("docs", search, "alias"), to: "look" },
    ];
    const after = fields.set(empty, values);
    deepEqual(fields.patch(empty, values)?.servers, [
      {
        server_id: "docs",
        default_disabled: false,
        on_behalf: false,
        updated_tools: [{ name: "search", alias: "look" }],
        updated_prompts: [],
      },
    ]);
    equal(fields.get(after, mappingField("docs", "mapped")), true);
    const gone = fields.set(after, [ofMapping("mapped", null)]);
    equal(gone.mappings.size, 0);
    equal(fields.get(gone, mappedCapabilityField("docs", search, "alias")), null);
  });

  it("don't map a server because one of its tools is changed", () => {
    const empty = portal({ mappings: [] });
    const values = [{ field: mappedCapabilityField("docs", search, "alias"), to: "look" }];
    equal(fields.set(empty, values), empty);
    equal(fields.patch(empty, values), undefined);
  });

  it("keep their objects where nothing changes", () => {
    equal(fields.set(before, [ofMapping("on_behalf", true)]), before);
    const other = fields.set(before, [own("name", "Team")]);
    equal(other.mappings, before.mappings);
  });

  it("take a server out with all that the portal has of it, so that the same values bring it back", () => {
    const toolOverrides = [
      { name: "search", alias: "look", enabled: false },
      { name: "gone", alias: "old" },
    ];
    const full = mapping("docs", { tools, toolOverrides, defaultDisabled: true, onBehalf: false });
    const there = portal({ mappings: [full] });
    const changes = changesFrom(fields, there, detached(full));
    const without = fields.set(there, changes);
    deepEqual([...without.mappings.keys()], []);
    const [back] = fields.set(without, inverted(changes)).mappings.values();
    deepEqual(back && { ...back, server: full.server }, {
      ...full,
      // What is gone can't come back: Cloudflare would refuse the write.
      toolOverrides: new Map([["search", toolOverrides[0]]]),
    });
  });

  it("of a mapping are copied to another portal, without overrides of what is gone", () => {
    const toolOverrides = [
      { name: "search", alias: "look", enabled: true },
      { name: "gone", alias: "old" },
    ];
    const full = mapping("docs", { tools, toolOverrides, defaultDisabled: true, onBehalf: false });
    const there = portal({ mappings: [mapping("shop")] });
    const [, copy] = fields.set(there, changesFrom(fields, there, copied(full))).mappings.values();
    deepEqual(copy && { ...copy, server: full.server }, {
      ...full,
      toolOverrides: new Map([["search", toolOverrides[0]]]),
    });
  });

  it("tell what a PUT loses because its tool is gone, unless it was to be removed", () => {
    const toolOverrides = [
      { name: "search", alias: "find" },
      { name: "gone", alias: "old", description: "What it did", enabled: false },
    ];
    const tools = [capability("tool", "search")];
    const before = portal({ mappings: [mapping("docs", { tools, toolOverrides })] });
    const gone = { kind: "tool", name: "gone" } as const;
    const switchOff = mappedOverrideValues(
      "docs",
      { kind: "tool", name: "search" },
      { enabled: false },
    );
    const lost = (values: readonly FieldValue[]) => {
      const patch = fields.patch(before, values);
      ok(patch);
      return fields.lost(before, patch, values).map(({ field, from }) => [field.key, from]);
    };
    deepEqual(lost(switchOff), [
      ["enabled", false],
      ["alias", "old"],
      ["description", "What it did"],
    ]);
    const reset = mappedOverrideValues("docs", gone, { alias: null });
    deepEqual(lost([...switchOff, ...reset]), [
      ["enabled", false],
      ["description", "What it did"],
    ]);
    deepEqual(fields.lost(before, { name: "All" }, []), []);
  });

  it("are told as untouched where a PUT only carries them along", () => {
    const values = [{ field: mappedCapabilityField("docs", search, "alias"), to: "look" }];
    const patch = fields.patch(
      portal({
        mappings: [mapping("docs", { tools, toolOverrides: [{ name: "find", enabled: false }] })],
      }),
      values,
    );
    deepEqual(patch && fields.untouched(patch, values), [
      { field: mappingField("docs", "mapped"), from: true, to: true },
      { field: mappingField("docs", "default_disabled"), from: false, to: false },
      { field: mappingField("docs", "on_behalf"), from: true, to: true },
      { field: mappedCapabilityField("docs", find, "enabled"), from: false, to: false },
    ]);
  });

  it("are known by name, and nothing else is", () => {
    const within = { kind: "mapping", name: "docs" };
    deepEqual(
      [
        { of: undefined, key: "hostname" },
        { of: undefined, key: "id" },
        { of: within, key: "mapped" },
        { of: within, key: "alias" },
        { of: { ...search, within }, key: "alias" },
        { of: search, key: "alias" },
        { of: { ...search, within: { ...within, within } }, key: "alias" },
      ].map((field) => fields.has(field)),
      [true, false, true, false, true, false, false],
    );
  });

  it("are what a refusal names, by the names of the document", () => {
    const patch = fields.patch(before, [
      own("name", ""),
      { field: mappedCapabilityField("docs", find, "alias"), to: "no way" },
    ]);
    const pathOf = (field: string) => {
      const problems = [{ code: 7001, message: "No", field }];
      const error = new ApiError("No", { kind: "invalid", reason: "refused", problems });
      return patch && fields.refusals(error, patch).map(({ path }) => path);
    };
    deepEqual(pathOf("name"), [["name"]]);
    deepEqual(pathOf("hostname"), []);
    deepEqual(pathOf("servers"), [["servers"]]);
    deepEqual(pathOf("servers.0.updated_tools.0.alias"), [
      ["servers", "docs", "tools", "find", "alias"],
    ]);
    deepEqual(pathOf("servers.0.updated_tools.7.alias"), [["servers", "docs", "tools"]]);
    deepEqual(pathOf("servers.0.on_behalf"), [["servers", "docs", "on_behalf"]]);
    deepEqual(pathOf("servers.0.toString"), [["servers", "docs"]]);
    deepEqual(pathOf("servers.9.on_behalf"), [["servers"]]);
  });

  it("send a code mode with its older form where the answer has both", () => {
    const values = [own("code_mode", "off")];
    const both = portal({ received: { code_mode: "opt_in", allow_code_mode: true } });
    deepEqual(fields.patch(both, values), { code_mode: "off", allow_code_mode: false });
    deepEqual(fields.patch(before, values), { code_mode: "off" });
  });
});

describe("a portal's snapshot", () => {
  it("has everything but the catalogues, which the servers' snapshot has", () => {
    const toolOverrides = [{ name: "__proto__", alias: "look", enabled: false }];
    const kept = mapping("docs", { defaultDisabled: true, toolOverrides });
    const before = portal({ description: undefined, mappings: [kept] });
    const { snapshot } = portalKind;
    deepEqual(snapshot.decode(snapshot.encode(before)), {
      ...before,
      mappings: new Map([["docs", { ...kept, server: undefined }]]),
      received: {},
    });
  });

  it("is nothing where it is damaged", () => {
    equal(portalKind.snapshot.decode("{"), undefined);
    equal(portalKind.snapshot.decode('{"id":"a","name":"A","hostname":"h"}'), undefined);
    const damaged = '{"id":"a","name":"A","hostname":"h","mappings":[{"serverId":"docs"}]}';
    equal(portalKind.snapshot.decode(damaged), undefined);
  });
});
