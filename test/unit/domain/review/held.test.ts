import { deepEqual, equal, ok } from "node:assert/strict";
import type { Overrides } from "../../../../src/domain/catalogue/overrides.ts";
import {
  accept,
  type Baseline,
  baselineText,
  isBaseline,
  parseBaseline,
  withHeld,
} from "../../../../src/domain/review/baseline.ts";
import { acceptancesOf, changesOf } from "../../../../src/domain/review/changes.ts";
import {
  type HoldMode,
  heldAfter,
  isHeldOff,
  planHold,
} from "../../../../src/domain/review/held.ts";
import { overrideValues, SERVER_FIELDS } from "../../../../src/domain/servers/fields.ts";
import type { Server } from "../../../../src/domain/servers/server.ts";
import { Dice } from "../../engine/support/dice.ts";
import { server as anyServer } from "../../support/servers.ts";
import {
  AT,
  baselineOf,
  offering,
  randomCatalogue,
  type Source,
  tool,
} from "./support/definitions.ts";

const NONE: Overrides = new Map();

function server(
  tools: readonly Source[],
  toolOverrides: Overrides = NONE,
  prompts: readonly Source[] = [],
): Server {
  return { ...anyServer(), ...offering(tools, prompts), toolOverrides, promptOverrides: NONE };
}

interface Situation {
  readonly server: Server;
  readonly baseline: Baseline;
}

/** Everything that hold wants is written, and Cloudflare takes it. */
function held({ server, baseline }: Situation, mode: HoldMode): Situation {
  const plan = planHold(server, baseline, changesOf(baseline, server), mode);
  if (plan === undefined) {
    return { server, baseline };
  }
  const values = [
    ...plan.turnOff.flatMap((of) => overrideValues(of, { enabled: false })),
    ...plan.turnOn.flatMap((of) => overrideValues(of, { enabled: null })),
  ];
  return {
    server: SERVER_FIELDS.set(server, values),
    baseline: withHeld(baseline, heldAfter(plan, [...plan.turnOff, ...plan.turnOn])),
  };
}

function accepted({ server, baseline }: Situation): Situation {
  const acceptances = acceptancesOf(changesOf(baseline, server));
  return { server, baseline: accept(baseline, acceptances, AT) };
}

/** The names of all that is on. */
function on({ tools, prompts, toolOverrides, promptOverrides }: Server): readonly string[] {
  return [
    ...tools.filter(({ name }) => toolOverrides.get(name)?.enabled !== false),
    ...prompts.filter(({ name }) => promptOverrides.get(name)?.enabled !== false),
  ].map(({ kind, name }) => `${kind} ${name}`);
}

const [A, B] = [tool("a"), tool("b")];
const OTHER_A = tool("a", { description: "Other" });

describe("What hold does", () => {
  it("is nothing while the setting is off, or where nothing changed", () => {
    const baseline = baselineOf([A]);
    const changed = server([OTHER_A, B]);
    equal(planHold(changed, baseline, changesOf(baseline, changed), "off"), undefined);
    equal(planHold(server([A]), baseline, [], "newAndChanged"), undefined);
  });

  it("is to turn off what is new, and by the setting what is changed too", () => {
    const baseline = baselineOf([A]);
    deepEqual(on(held({ server: server([OTHER_A, B]), baseline }, "new").server), ["tool a"]);
    deepEqual(on(held({ server: server([OTHER_A, B]), baseline }, "newAndChanged").server), []);
  });

  it("is done once: what somebody turned on again stays on, until it changes again", () => {
    const first = held({ server: server([A, B]), baseline: baselineOf([A]) }, "new");
    const turnedOn = { ...first, server: server([A, B]) };
    const left = held(turnedOn, "new");
    deepEqual(on(left.server), ["tool a", "tool b"]);
    deepEqual(on(held(accepted(left), "new").server), ["tool a", "tool b"]);
    const changed = server([A, tool("b", { description: "Later" })]);
    deepEqual(on(held({ ...left, server: changed }, "new").server), ["tool a"]);
  });

  it("is to leave off for good what was off before", () => {
    const off: Overrides = new Map([["b", { name: "b", enabled: false }]]);
    const before = { server: server([A, B], off), baseline: baselineOf([A]) };
    const after = held(accepted(held(before, "new")), "new");
    deepEqual(on(after.server), ["tool a"]);
  });

  it("is to turn on again what is as it was accepted once more, without anybody accepting", () => {
    const baseline = baselineOf([A]);
    const first = held({ server: server([OTHER_A]), baseline }, "newAndChanged");
    deepEqual(on(first.server), []);
    const back = held({ ...first, server: { ...first.server, ...offering([A]) } }, "newAndChanged");
    deepEqual(on(back.server), ["tool a"]);
    equal(back.baseline.heldBack, undefined);
  });

  it("is undone by accepting after the setting was turned off too", () => {
    const first = held({ server: server([A, B]), baseline: baselineOf([A]) }, "new");
    ok(isHeldOff(first.baseline, { kind: "tool", name: "b" }));
    deepEqual(on(held(first, "off").server), ["tool a"]);
    deepEqual(on(held(accepted(held(first, "off")), "off").server), ["tool a", "tool b"]);
  });

  it("is tried again where Cloudflare hasn't taken it", () => {
    const before = { server: server([A, B]), baseline: baselineOf([A]) };
    const plan = planHold(
      before.server,
      before.baseline,
      changesOf(before.baseline, before.server),
      "new",
    );
    const kept = withHeld(before.baseline, plan === undefined ? [] : heldAfter(plan, []));
    deepEqual(on(held({ ...before, baseline: kept }, "new").server), ["tool a"]);
  });

  it("and accepting afterwards restores exactly what was on, whatever changed", () => {
    for (let seed = 1; seed <= 200; seed += 1) {
      const dice = new Dice(seed);
      const [first, second] = [randomCatalogue(dice), randomCatalogue(dice)];
      const off = second.tools.filter(() => dice.chance(0.3)).map(({ name }) => String(name));
      const overrides: Overrides = new Map(off.map((name) => [name, { name, enabled: false }]));
      const before: Situation = {
        server: server(second.tools, overrides, second.prompts),
        baseline: baselineOf(first.tools, first.prompts),
      };
      const mode = dice.pick(["new", "newAndChanged"] as const);
      const holding = held(before, mode);
      const again = held(holding, mode);
      equal(again.server, holding.server, `seed ${seed}: held twice`);
      const waiting = new Set(
        changesOf(before.baseline, before.server)
          .filter(({ how }) => how !== "removed" && (mode === "newAndChanged" || how !== "changed"))
          .map(({ kind, name }) => `${kind} ${name}`),
      );
      deepEqual(
        on(holding.server),
        on(before.server).filter((each) => !waiting.has(each)),
        `seed ${seed}: held`,
      );
      const after = held(accepted(holding), mode);
      deepEqual(on(after.server), on(before.server), `seed ${seed}: accepted`);
      deepEqual(changesOf(after.baseline, after.server), [], `seed ${seed}: compared`);
      equal(after.baseline.heldBack?.filter(({ state }) => state !== "left").length ?? 0, 0);
    }
  });

  it("is stored with the baseline", () => {
    const { baseline } = held(
      { server: server([OTHER_A, B]), baseline: baselineOf([A]) },
      "newAndChanged",
    );
    const read = parseBaseline(baselineText(baseline));
    ok(isBaseline(read));
    deepEqual(read, baseline);
    equal(baselineText(read), baselineText(baseline));
  });
});
