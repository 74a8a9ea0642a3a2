import { deepEqual, ok } from "node:assert/strict";
import { server } from "../../support/servers.ts";
import { ATTACK_GOODS } from "./support/attackGoods.ts";
import { ATTACK_MIXTURE } from "./support/attackMixture.ts";
import { ATTACK_WORDS } from "./support/attackWords.ts";
import { BENIGN } from "./support/benign.ts";
import { BENIGN_MIXTURE } from "./support/benignMixture.ts";
import { checkServer } from "./support/checking.ts";
import { capabilityOf, type Specimen } from "./support/specimens.ts";

/** Findings that are severe enough to be noticed. */
function alarms(specimen: Specimen): readonly string[] {
  const capability = capabilityOf(specimen);
  const isTool = capability.kind === "tool";
  const found = checkServer(
    server({ tools: isTool ? [capability] : [], prompts: isTool ? [] : [capability] }),
  );
  return found
    .filter(({ rule, severity }) => rule.startsWith("security/") && /error|warning/.test(severity))
    .map(({ rule, severity, message }) => `${severity} ${rule}: ${message}`);
}

/** Rules that look for words can't find every wording. These values hold their present share. */
const OF_ALL = 0.85;
const OF_EACH_FAMILY = 0.5;

describe("attacks in other words", () => {
  const families = Object.entries({ ...ATTACK_WORDS, ...ATTACK_GOODS, ...ATTACK_MIXTURE });

  it("are mostly found", () => {
    const all = families.flatMap(([, specimens]) => specimens);
    const missed = all.filter((specimen) => alarms(specimen).length === 0);
    const list = missed.map((specimen) => JSON.stringify(specimen)).join("\n");
    ok(missed.length <= all.length * (1 - OF_ALL), `${missed.length} of ${all.length}\n${list}`);
  });

  for (const [family, specimens] of families) {
    it(`are mostly found: ${family}`, () => {
      const found = specimens.filter((specimen) => alarms(specimen).length > 0);
      ok(found.length >= specimens.length * OF_EACH_FAMILY, `${found.length}/${specimens.length}`);
    });
  }
});

describe("honest texts that look suspicious", () => {
  for (const [family, specimens] of Object.entries({ ...BENIGN, ...BENIGN_MIXTURE })) {
    it(`raise no alarm: ${family}`, () => deepEqual(specimens.flatMap(alarms), []));
  }
});
