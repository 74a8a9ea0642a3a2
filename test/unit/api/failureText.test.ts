import assert from "node:assert/strict";
import { ApiError, type FailureKind, type FailureReason } from "../../../src/model/failure.ts";
import { describeFailure, fieldInWords } from "../../../src/model/failureText.ts";

const kinds: readonly FailureKind[] = [
  ...(["auth", "forbidden", "notFound", "conflict"] as const),
  ...(["rateLimit", "offline", "invalid", "server"] as const),
];
const reasons: readonly FailureReason[] = [
  ...(["refused", "dns", "connectionRefused", "connectionLost", "timeout", "tls"] as const),
  ...(["proxy", "html", "notJson", "wrongShape", "tooLarge", "redirect"] as const),
  ...(["unsafeRoot", "badCredential"] as const),
];

describe("a failure in words", () => {
  for (const reason of reasons) {
    it(`is a whole sentence for ${reason}, whatever its kind`, () => {
      for (const kind of kinds) {
        const text = describeFailure(new ApiError("for the log", { kind, reason }));
        assert.match(text, /^[A-Z].*\.$/);
        assert.doesNotMatch(text, /undefined|null|\{\d\}|for the log|\byou/i);
      }
    });
  }

  it("has Cloudflare's own words, and calls fields what people call them", () => {
    const error = new ApiError("x", {
      kind: "invalid",
      reason: "refused",
      status: 400,
      problems: [
        { code: 7001, message: " Invalid ", field: "updated_tools.3.alias" },
        { code: 7001, message: "Required", field: "hostname" },
        { code: undefined, message: "", field: "name" },
      ],
    });
    assert.equal(
      describeFailure(error),
      "Cloudflare refused the request. Cloudflare says: alias of tool 4: Invalid (7001); URL: Required (7001)",
    );
  });

  it("has the ray id where Cloudflare's support can help", () => {
    const facts = { kind: "server", reason: "html", status: 502, rayId: "8f0-TST" } as const;
    assert.equal(
      describeFailure(new ApiError("x", facts)),
      "The API is having trouble (502). Try again in a moment. Ray ID: 8f0-TST.",
    );
  });

  it("names entries by what they are", () => {
    assert.equal(fieldInWords("updated_prompts.0"), "prompt 1");
    assert.equal(fieldInWords("updated_tools.0.new.field"), "new.field of tool 1");
    assert.equal(fieldInWords("secure_web_gateway"), "Gateway routing");
    assert.equal(fieldInWords("something_new"), "something_new");
  });
});
