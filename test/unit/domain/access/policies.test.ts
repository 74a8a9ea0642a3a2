import { equal } from "node:assert/strict";
import type { AccessPolicy, AccessRule } from "../../../../src/domain/access/accessApp.ts";
import { letsIn, type Verdict, type Visitor } from "../../../../src/domain/access/policies.ts";

const EVERYONE: AccessRule = { kind: "everyone" };
const ANN: AccessRule = { kind: "email", email: "Ann@Example.com" };
const STAFF: AccessRule = { kind: "emailDomain", domain: "example.com" };
const TOKEN: AccessRule = { kind: "serviceToken", tokenId: "t1" };
const ANY_TOKEN: AccessRule = { kind: "anyServiceToken" };
const GROUP: AccessRule = { kind: "other", name: "group" };

function policy(
  decision: AccessPolicy["decision"],
  include: readonly AccessRule[],
  rest: Partial<AccessPolicy> = {},
): AccessPolicy {
  const nothing = { exclude: [], require: [], received: {} };
  return { id: "p", name: "P", decision, include, ...nothing, ...rest };
}

const anybody: Visitor = { kind: "anybody" };
const ann: Visitor = { kind: "user", email: " ann@example.com" };
const stranger: Visitor = { kind: "user", email: "bob@notexample.com" };
const token: Visitor = { kind: "service", tokenId: "t1" };
const otherToken: Visitor = { kind: "service", tokenId: "t2" };

const CASES: readonly (readonly [
  title: string,
  policies: readonly AccessPolicy[],
  visitor: Visitor,
  verdict: Verdict,
])[] = [
  ["nobody without a policy", [], ann, "no"],
  ["everyone", [policy("allow", [EVERYONE])], stranger, "yes"],
  ["everyone, whoever it is", [policy("allow", [EVERYONE])], anybody, "yes"],
  ["an email in whatever case", [policy("allow", [ANN])], ann, "yes"],
  ["no other email", [policy("allow", [ANN])], stranger, "no"],
  ["an email's domain", [policy("allow", [STAFF])], ann, "yes"],
  ["no domain that only ends alike", [policy("allow", [STAFF])], stranger, "no"],
  ["a domain, which depends on who it is", [policy("allow", [STAFF])], anybody, "depends"],
  ["a group, which depends", [policy("allow", [GROUP])], ann, "depends"],
  ["one of several rules", [policy("allow", [GROUP, ANN])], ann, "yes"],
  ["nobody who is excluded", [policy("allow", [EVERYONE], { exclude: [ANN] })], ann, "no"],
  [
    "others than who is excluded",
    [policy("allow", [EVERYONE], { exclude: [ANN] })],
    stranger,
    "yes",
  ],
  [
    "who isn't in an excluded group",
    [policy("allow", [ANN], { exclude: [GROUP] })],
    ann,
    "depends",
  ],
  [
    "who meets every requirement",
    [policy("allow", [EVERYONE], { require: [STAFF, ANN] })],
    ann,
    "yes",
  ],
  ["nobody who misses one", [policy("allow", [EVERYONE], { require: [STAFF] })], stranger, "no"],
  ["who is in a required group", [policy("allow", [ANN], { require: [GROUP] })], ann, "depends"],
  [
    "nobody whom an earlier policy blocks",
    [policy("deny", [ANN]), policy("allow", [STAFF])],
    ann,
    "no",
  ],
  ["whom an earlier policy allows", [policy("allow", [ANN]), policy("deny", [STAFF])], ann, "yes"],
  ["whom a group may block", [policy("deny", [GROUP]), policy("allow", [ANN])], ann, "depends"],
  ["whom a group may allow", [policy("allow", [GROUP]), policy("deny", [ANN])], ann, "depends"],
  ["nobody where only blocking depends", [policy("deny", [GROUP])], ann, "no"],
  ["by a bypass before a block", [policy("deny", [ANN]), policy("bypass", [EVERYONE])], ann, "yes"],
  ["no user by Service Auth", [policy("non_identity", [EVERYONE])], ann, "no"],
  ["nobody by a token's rule", [policy("allow", [TOKEN])], anybody, "no"],
  ["a token by its id", [policy("non_identity", [TOKEN])], token, "yes"],
  ["no token with another id", [policy("non_identity", [TOKEN])], otherToken, "no"],
  ["any token", [policy("non_identity", [ANY_TOKEN])], otherToken, "yes"],
  ["no token by an Allow policy", [policy("allow", [EVERYONE, TOKEN])], token, "no"],
  [
    "a token before a block",
    [policy("deny", [EVERYONE]), policy("non_identity", [TOKEN])],
    token,
    "yes",
  ],
  ["no token by an email", [policy("non_identity", [STAFF])], token, "no"],
  [
    "a token under a condition",
    [policy("non_identity", [TOKEN], { require: [GROUP] })],
    token,
    "depends",
  ],
  ["whom a new kind of policy may decide about", [policy("isolate", [ANN])], ann, "depends"],
  ["nobody whom a new kind isn't about", [policy("isolate", [ANN])], stranger, "no"],
  [
    "who may be decided about before",
    [policy("isolate", [ANN]), policy("allow", [ANN])],
    ann,
    "depends",
  ],
];

describe("Access policies let in", () => {
  for (const [title, policies, visitor, verdict] of CASES) {
    it(`${title}: ${verdict}`, () => {
      equal(letsIn(policies, visitor), verdict);
    });
  }
});
