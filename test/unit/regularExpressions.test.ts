import { deepEqual, ok } from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { growthOf } from "./support/growth.ts";
import { pumpsOf, randomPumpsOf } from "./support/pumps.ts";
import { expressionsIn } from "./support/regularExpressionsOf.ts";

const ROOT = new URL("../../", import.meta.url);
const SOURCES: readonly (readonly [path: string, text: string])[] = globSync("src/**/*.ts", {
  cwd: ROOT,
})
  .sort()
  .map((path) => [path, readFileSync(new URL(path, ROOT), "utf8")]);

/** The number of random pieces for each expression; the environment can set more. */
const ROUNDS = Number(process.env["EXPRESSION_ROUNDS"] ?? 4);

const SMALL = 4_000;
const LARGE = 8 * SMALL;
/** Eight times the text may cost eight times the work. Quadratic work would cost 64 times. */
const MOST = 22;
/** Microseconds. Quadratic work takes hundreds of times as long. */
const NOTHING = 15_000;

/** An end that most expressions don't match, because quadratic work shows when the end fails. */
const END = "\u0001!\u0001";

function grown(piece: string, length: number): string {
  return piece.repeat(Math.ceil(length / piece.length)) + END;
}

function growth(expression: RegExp, piece: string): number {
  const small = grown(piece, SMALL);
  const large = grown(piece, LARGE);
  return growthOf(
    () => small.replace(expression, ""),
    () => large.replace(expression, ""),
    { most: MOST, nothing: NOTHING },
  );
}

describe("regular expressions of the sources", function () {
  this.timeout(60_000 + 10_000 * ROUNDS);

  it("are found by reading them as TypeScript does", () => {
    const read = (text: string) =>
      expressionsIn(text).map(({ source, flags }) => `${source} ${flags}`);
    deepEqual(read("const a = /b[/]c/gi;"), ["b[/]c gi"]);
    deepEqual(read("const a = b / c; // /d/\nconst e = f() / g / 2;"), []);
    deepEqual(read("return /a\\/b/u.test(c);"), ["a\\/b u"]);
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the source of a template.
    deepEqual(read("`/a/ ${b.replace(/c/, `${/d/}`)} /e/`"), ["c ", "d "]);
    deepEqual(read("['/a/', \"/b/\", /c/]; /* /d/ */"), ["c "]);
    ok(SOURCES.flatMap(([, text]) => expressionsIn(text)).length > 100);
  });

  it("are literals, but for what a person types or the emulator is told to match", () => {
    const constructing = SOURCES.filter(([, text]) => /\bRegExp\(/.test(text));
    deepEqual(
      constructing
        .map(([path]) => path)
        .filter((path) => !path.startsWith("src/emulator/switches/")),
      // Stops an expression that takes too long.
      ["src/base/boundedExpression.ts"],
    );
  });

  for (const [path, text] of SOURCES) {
    const expressions = expressionsIn(text);
    if (expressions.length === 0) {
      continue;
    }
    it(`take work that grows with the text: ${path}`, () => {
      for (const { source, flags, line } of expressions) {
        const expression = new RegExp(source, flags.includes("g") ? flags : `${flags}g`);
        const thrown = randomPumpsOf(source, ROUNDS, line);
        for (const pump of [...pumpsOf(source), ...thrown]) {
          const times = growth(expression, pump);
          ok(times < MOST, `line ${line}, ${JSON.stringify(pump)}: ${times.toFixed(1)} times`);
        }
      }
    });
  }
});
