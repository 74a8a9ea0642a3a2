import { deepEqual } from "node:assert/strict";
import type { TokenState } from "../../../../src/domain/account.ts";
import { unusableToken } from "../../../../src/features/accounts/verify.ts";

const NOW = Date.parse("2026-06-01T12:00:00Z");
const token: TokenState = { id: "t", status: "active", expiresOn: undefined, notBefore: undefined };

describe("a token's state", () => {
  const evaluate = (change: Partial<TokenState>) => unusableToken({ ...token, ...change }, NOW);

  it("is fine when it is active and its time has come", () => {
    deepEqual(evaluate({}), undefined);
    deepEqual(evaluate({ notBefore: "2026-06-01T11:59:59Z" }), undefined);
  });

  it("isn't judged by minutes: this machine's clock may be off", () =>
    deepEqual(evaluate({ notBefore: "2026-06-01T12:04:00Z" }), undefined));

  it("distinguishes expired, disabled, not yet valid and unknown", () => {
    const expiresOn = "2026-05-01T00:00:00Z";
    deepEqual(evaluate({ status: "expired", expiresOn }), { kind: "expired", since: expiresOn });
    deepEqual(evaluate({ status: "disabled" }), { kind: "disabled" });
    const notBefore = "2026-07-01T00:00:00Z";
    deepEqual(evaluate({ notBefore }), { kind: "notYet", from: notBefore });
    deepEqual(evaluate({ status: "frozen" }), { kind: "other", status: "frozen" });
  });
});
