import { deepEqual } from "node:assert/strict";
import { ApiError } from "../../../../src/domain/apiError.ts";
import { refusalsOf } from "../../../../src/domain/servers/patch.ts";

describe("the property that a refusal names", () => {
  const paths = (...fields: readonly string[]) => {
    const problems = fields.map((field) => ({ code: 7001, message: "No", field }));
    const error = new ApiError("refused", { kind: "invalid", reason: "refused", problems });
    const patch = { name: "Docs", updated_tools: [{ name: "search", alias: "find" }] };
    return refusalsOf(error, patch).map(({ path }) => path);
  };

  it("is the one that was sent, in the entry with that number", () =>
    deepEqual(paths("name", "updated_tools.0.alias", "hostname"), [
      ["name"],
      ["tools", "search", "alias"],
    ]));

  it("isn't a property that every object inherits", () =>
    deepEqual(paths("constructor", "toString"), []));
});
