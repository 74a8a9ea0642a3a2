import assert from "node:assert/strict";
import { parseEnvelope } from "../../../../src/cloudflare/transport/envelope.ts";
import {
  ApiError,
  type FailureFacts,
  type FailureKind,
  type FailureReason,
  isApiError,
} from "../../../../src/domain/apiError.ts";
import { wireFieldInWords } from "../../../../src/domain/changes/fieldWords.ts";
import {
  describeFailure,
  type FailureRemedy,
  failureRemedy,
} from "../../../../src/domain/diagnosis/apiErrors.ts";

const kinds: readonly FailureKind[] = [
  ...(["auth", "forbidden", "notFound", "conflict"] as const),
  ...(["rateLimit", "offline", "invalid", "server"] as const),
];
const reasons: readonly FailureReason[] = [
  ...(["refused", "dns", "connectionRefused", "connectionLost", "timeout", "tls"] as const),
  ...(["proxy", "html", "notJson", "wrongShape", "tooLarge", "redirect"] as const),
  ...(["unsafeRoot", "badCredential"] as const),
];

describe("the message of a failure", () => {
  for (const reason of reasons) {
    it(`is a whole sentence for ${reason}, whatever its kind`, () => {
      for (const kind of kinds) {
        const text = describeFailure(new ApiError("for the log", { kind, reason }));
        assert.match(text, /^[A-Z].*\.$/);
        assert.doesNotMatch(text, /undefined|null|\{\d\}|for the log|\byou/i);
      }
    });
  }

  it("comes with the action that helps", () => {
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

  it("quotes Cloudflare's own words, and names fields as people do", () => {
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

  const denied: readonly (readonly [number, string, FailureKind, RegExp, FailureRemedy])[] = [
    [
      9109,
      "Cannot use the access token from location: 192.0.2.17",
      "forbidden",
      /from this network's address/,
      "tryAgain",
    ],
    [
      10000,
      "Client IP 192.0.2.17 is not allowed",
      "forbidden",
      /from this network's address/,
      "tryAgain",
    ],
    [
      10000,
      "IP 192.0.2.17 is not in the allowed range",
      "forbidden",
      /from this network's address/,
      "tryAgain",
    ],
    [9109, "Access token expired", "auth", /has expired/, "signIn"],
    [1000, "The token is not yet valid", "auth", /isn't valid yet/, "signIn"],
    [1000, "This API token is disabled", "auth", /is disabled/, "signIn"],
    [1000, "The token was revoked", "auth", /is disabled/, "signIn"],
    [10000, "The token belongs to a different account", "forbidden", /another account/, "signIn"],
    [10000, "account mismatch", "forbidden", /another account/, "signIn"],
    [
      10000,
      "The account is not entitled to this feature",
      "forbidden",
      /isn't entitled/,
      "showLog",
    ],
    [10000, "This feature is not available on your plan", "forbidden", /isn't entitled/, "showLog"],
    [10000, "Authentication error", "forbidden", /needs the permission/, "signIn"],
    [
      10000,
      "Permission denied: expiry of a certificate",
      "forbidden",
      /needs the permission/,
      "signIn",
    ],
  ];
  for (const [code, message, kind, sentence, remedy] of denied) {
    it(`depends on what a 403 says: ${message}`, () => {
      const text = JSON.stringify({ success: false, errors: [{ code, message }], result: null });
      const call = { method: "GET", path: "/x", repeat: "safe" } as const;
      const error = thrown(() => parseEnvelope(call, { status: 403, headers: {}, text }));
      assert.ok(isApiError(error));
      assert.equal(error.kind, kind);
      assert.match(describeFailure(error), sentence);
      assert.equal(failureRemedy(error), remedy);
    });
  }

  it("has a time of day and Try Now while Cloudflare asks to wait", () => {
    const retryAt = Date.now() + 300_000;
    const error = new ApiError("x", { kind: "rateLimit", reason: "refused", status: 429, retryAt });
    assert.match(describeFailure(error), /sent again at \d{1,2}:\d\d:\d\d/);
    assert.equal(failureRemedy(error), "tryNow");
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

function thrown(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  return undefined;
}
