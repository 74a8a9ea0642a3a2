import { deepEqual, ok } from "node:assert/strict";
import type { Finding } from "../../../../src/domain/checks/finding.ts";
import { capability, server } from "../../support/servers.ts";
import { checkServer } from "./support/checking.ts";
import { NEAR_MISSES } from "./support/nearMisses.ts";
import { POISONED } from "./support/poisoned.ts";

/** The findings of the text rules for a tool with this description. */
function findingsOf(description: string): readonly Finding[] {
  const tools = [capability("tool", "sum", description)];
  return checkServer(server({ tools, prompts: [] })).filter(({ rule }) =>
    rule.startsWith("security/"),
  );
}

describe("poisoned texts", () => {
  it("number at least sixty", () => ok(Object.values(POISONED).flat().length >= 60));

  for (const [rule, texts] of Object.entries(POISONED)) {
    describe(rule, () => {
      for (const text of texts) {
        it(`are found: ${JSON.stringify(text).slice(0, 60)}`, () => {
          const found = findingsOf(text);
          ok(
            found.some((finding) => finding.rule === rule),
            JSON.stringify(found),
          );
        });
      }
    });
  }
});

describe("texts that come close", () => {
  it("are warned of once at most", () => {
    const texts = Object.values(NEAR_MISSES).flat();
    const warned = texts.filter((text) =>
      findingsOf(text).some(({ severity }) => severity === "warning"),
    );
    ok(warned.length <= 1, warned.join("\n"));
  });

  for (const [rule, texts] of Object.entries(NEAR_MISSES)) {
    describe(rule, () => {
      for (const text of texts) {
        it(`raise no alarm: ${JSON.stringify(text).slice(0, 60)}`, () => {
          const found = findingsOf(text).map(({ severity, message }) => `${severity}: ${message}`);
          deepEqual(
            found.filter((line) => line.startsWith("error")),
            [],
          );
        });
      }
    });
  }
});
