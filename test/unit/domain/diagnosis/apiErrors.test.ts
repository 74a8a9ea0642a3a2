import assert from "node:assert/strict";
import {
  ApiError,
  type FailureFacts,
  type FailureKind,
  type FailureReason,
} from "../../../../src/domain/apiError.ts";
import { wireFieldInWords } from "../../../../src/domain/changes/fields.ts";
import { describeFailure, failureRemedy } from "../../../../src/domain/diagnosis/apiErrors.ts";

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

  it("comes with the one thing that helps", () => {
    const remedies = (all: readonly Pick<FailureFacts, "kind" | "reason" | "subject">[]) =>
      all.map((facts) => failureRemedy(new ApiError("x", facts)));
    assert.deepEqual(remedies(kinds.map((kind) => ({ kind, reason: "refused" }))), [
      ...["signIn", "signIn", "refresh", "refresh"],
      ...["tryAgain", "tryAgain", "showLog", "tryAgain"],
    ]);
    assert.deepEqual(remedies(reasons.slice(1).map((reason) => ({ kind: "invalid", reason }))), [
      ...["tryAgain", "tryAgain", "tryAgain", "tryAgain", "showLog", "setProxy"],
      ...["setApiRoot", "setApiRoot", "setApiRoot", "showLog", "setApiRoot"],
      ...["setApiRoot", "signIn"],
    ]);
    assert.deepEqual(
      remedies([
        { kind: "server", reason: "html" },
        { kind: "rateLimit", reason: "notJson" },
        { kind: "invalid", reason: "wrongShape", subject: "name of docs" },
      ]),
      ["tryAgain", "tryAgain", "showLog"],
    );
  });

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
      "Cloudflare refused the request. Cloudflare says: alias of a tool: Invalid (7001); URL: Required (7001)",
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
    assert.equal(wireFieldInWords("updated_prompts.0"), "a prompt");
    assert.equal(wireFieldInWords("updated_tools.0.new.field"), "new.field of a tool");
    assert.equal(wireFieldInWords("secure_web_gateway"), "Gateway routing");
    assert.equal(wireFieldInWords("something_new"), "something_new");
  });
});
