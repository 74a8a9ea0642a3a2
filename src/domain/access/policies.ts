import type { AccessPolicy, AccessRule } from "./accessApp.ts";

/** Whom policies are asked about. `anybody` is a user of whom nothing is known. */
export type Visitor =
  | { readonly kind: "anybody" }
  | { readonly kind: "user"; readonly email: string }
  | { readonly kind: "service"; readonly tokenId: string };

/** `depends`: on what isn't known of the visitor, such as groups. */
export type Verdict = "yes" | "no" | "depends";

/**
 * Whether policies let a visitor in. Service Auth and Bypass come first, then Block and Allow in
 * their order; the first that matches decides, and without a match nobody is let in. Source:
 * Cloudflare's documentation, "Access policies", order of execution.
 */
export function letsIn(policies: readonly AccessPolicy[], visitor: Visitor): Verdict {
  const early = policies.filter(isEarly);
  const late = policies.filter((policy) => !isEarly(policy));
  const seen = { in: false, out: false };
  for (const policy of [...early, ...late]) {
    const effect = effectOf(policy, visitor);
    const verdict = effect === undefined ? "no" : suits(policy, visitor);
    if (verdict === "yes" && effect !== "unknown") {
      const isContested = effect === "in" ? seen.out : seen.in;
      return isContested ? "depends" : verdictOf(effect === "in");
    }
    if (verdict !== "no") {
      seen.in ||= effect !== "out";
      seen.out ||= effect !== "in";
    }
  }
  return seen.in ? "depends" : "no";
}

function isEarly({ decision }: AccessPolicy): boolean {
  return decision === "bypass" || decision === "non_identity";
}

function verdictOf(entered: boolean): Verdict {
  return entered ? "yes" : "no";
}

/** What a policy does to those whom it matches; undefined where it isn't about such a visitor. */
function effectOf(
  { decision }: AccessPolicy,
  visitor: Visitor,
): "in" | "out" | "unknown" | undefined {
  switch (decision) {
    case "bypass":
      return "in";
    case "deny":
      return "out";
    case "allow":
      return visitor.kind === "service" ? undefined : "in";
    case "non_identity":
      return visitor.kind === "service" ? "in" : undefined;
    default:
      return "unknown";
  }
}

function suits({ include, exclude, require }: AccessPolicy, visitor: Visitor): Verdict {
  const included = some(include, visitor);
  const excluded = some(exclude, visitor);
  const required = every(require, visitor);
  if (included === "no" || excluded === "yes" || required === "no") {
    return "no";
  }
  return included === "yes" && excluded === "no" && required === "yes" ? "yes" : "depends";
}

function some(rules: readonly AccessRule[], visitor: Visitor): Verdict {
  const verdicts = rules.map((rule) => matches(rule, visitor));
  if (verdicts.includes("yes")) {
    return "yes";
  }
  return verdicts.includes("depends") ? "depends" : "no";
}

function every(rules: readonly AccessRule[], visitor: Visitor): Verdict {
  const verdicts = rules.map((rule) => matches(rule, visitor));
  if (verdicts.includes("no")) {
    return "no";
  }
  return verdicts.includes("depends") ? "depends" : "yes";
}

function matches(rule: AccessRule, visitor: Visitor): Verdict {
  if (rule.kind === "everyone") {
    return "yes";
  }
  if (rule.kind === "other") {
    return "depends";
  }
  switch (visitor.kind) {
    case "anybody":
      return isOfUsers(rule) ? "depends" : "no";
    case "user":
      return isOfUsers(rule) && isMeant(rule, visitor.email.trim().toLowerCase()) ? "yes" : "no";
    case "service":
      return rule.kind === "anyServiceToken" ||
        (rule.kind === "serviceToken" && rule.tokenId === visitor.tokenId)
        ? "yes"
        : "no";
  }
}

type UserRule = Extract<AccessRule, { kind: "email" | "emailDomain" }>;

function isOfUsers(rule: AccessRule): rule is UserRule {
  return rule.kind === "email" || rule.kind === "emailDomain";
}

function isMeant(rule: UserRule, email: string): boolean {
  return rule.kind === "email"
    ? rule.email.toLowerCase() === email
    : email.endsWith(`@${rule.domain.toLowerCase()}`);
}
