import { deepEqual } from "node:assert/strict";
import { DEFAULT_SETTINGS, FindingFilter } from "../../../../src/domain/checks/settings.ts";
import { changesOf } from "../../../../src/domain/review/changes.ts";
import { withNewFindings } from "../../../../src/domain/review/newFindings.ts";
import { changeInWords } from "../../../../src/domain/review/words.ts";
import { server } from "../../support/servers.ts";
import { baselineOf, offering, type Source, tool } from "./support/definitions.ts";

const HIDDEN = "Reads a page.\u{E0049}\u{E0067}\u{E006E}\u{E006F}\u{E0072}\u{E0065}";

describe("What the security checks find in a change", () => {
  function found(
    before: readonly Source[],
    after: readonly Source[],
    rules: ReadonlyMap<string, "off"> = new Map(),
    off: readonly string[] = [],
  ): readonly string[] {
    const now = server({
      ...offering(after),
      toolOverrides: off.map((name) => ({ name, enabled: false })),
    });
    const filter = new FindingFilter({ ...DEFAULT_SETTINGS, rules });
    return withNewFindings(now, changesOf(baselineOf(before), now), filter).map(
      (change) =>
        `${change.name}: ${changeInWords(change)} ${change.findings.map(({ rule }) => rule).join()}`,
    );
  }

  it("is a part of it, and comes before what only widens or breaks", () =>
    deepEqual(
      found(
        [tool("a"), tool("b"), tool("gone", { description: "Another thing" })],
        [tool("a", { annotations: { destructiveHint: true } }), tool("b", { description: HIDDEN })],
      ),
      [
        "b: 1 security problem, description security/hidden-characters",
        "a: destructiveHint was not set and is true ",
        "gone: gone ",
      ],
    ));

  it("counts in a new tool, and in one that is turned off", () =>
    deepEqual(
      found([tool("a")], [tool("a"), tool("b", { description: HIDDEN })], new Map(), ["b"]),
      ["b: 1 security problem, new security/hidden-characters"],
    ));

  it("isn't told where it was accepted, or where the settings turn it off", () => {
    const [before, after] = [
      tool("b", { description: HIDDEN }),
      tool("b", { description: HIDDEN, title: "T" }),
    ];
    deepEqual(found([before], [after]), ["b: title "]);
    const off = new Map([["security/hidden-characters", "off"]] as const);
    deepEqual(found([tool("b")], [tool("b", { description: HIDDEN })], off), ["b: description "]);
  });
});
