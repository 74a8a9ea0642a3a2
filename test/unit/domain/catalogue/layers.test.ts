import { deepEqual } from "node:assert/strict";
import { type Layer, resolve } from "../../../../src/domain/catalogue/layers.ts";
import type { Override } from "../../../../src/domain/catalogue/overrides.ts";
import { capability } from "../../support/servers.ts";

const search = capability("tool", "search", "Searches");

function layer(
  from: Layer["from"],
  override: Omit<Override, "name"> | undefined,
  isDisabledByDefault = false,
): Layer {
  const tools = new Map(
    override === undefined ? [] : [["search", { name: "search", ...override }] as const],
  );
  return { from, tools, prompts: new Map(), isDisabledByDefault };
}

describe("resolve", () => {
  it("takes every value from the upstream where no layer says anything", () => {
    deepEqual(resolve(search, [layer("server", undefined), layer("portal", undefined)]), {
      name: { value: "search", from: "upstream" },
      description: { value: "Searches", from: "upstream" },
      enabled: { value: true, from: "upstream" },
    });
  });

  it("lets the portal's values win over the server's, and the server's over the upstream's", () => {
    const own = layer("server", { alias: "find", description: "Finds", enabled: false });
    deepEqual(resolve(search, [own, layer("portal", { alias: "look", enabled: true })]), {
      name: { value: "look", from: "portal" },
      description: { value: "Finds", from: "server" },
      enabled: { value: true, from: "portal" },
    });
  });

  it("disables by default what a mapping with default_disabled doesn't enable itself", () => {
    const own = layer("server", { enabled: true });
    deepEqual(resolve(search, [own, layer("portal", undefined, true)]).enabled, {
      value: false,
      from: "portalDefault",
    });
    deepEqual(resolve(search, [own, layer("portal", { alias: "look" }, true)]).enabled, {
      value: false,
      from: "portalDefault",
    });
  });

  it("enables what a mapping with default_disabled enables itself", () => {
    const own = layer("server", { enabled: false });
    deepEqual(resolve(search, [own, layer("portal", { enabled: true }, true)]).enabled, {
      value: true,
      from: "portal",
    });
  });

  it("keeps a server's disabled tool disabled in a portal that says nothing of it", () => {
    const own = layer("server", { enabled: false });
    deepEqual(resolve(search, [own, layer("portal", undefined)]).enabled, {
      value: false,
      from: "server",
    });
  });

  it("doesn't apply a tool's override to a prompt of the same name", () => {
    const prompt = capability("prompt", "search");
    const resolved = resolve(prompt, [layer("server", { alias: "find" })]);
    deepEqual(resolved.name, { value: "search", from: "upstream" });
  });

  it("takes an empty description for one that was set", () => {
    const { description } = resolve(search, [layer("server", { description: "" })]);
    deepEqual(description, { value: "", from: "server" });
  });
});
