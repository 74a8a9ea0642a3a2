import { deepEqual, ok } from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { ROOT } from "../harness/paths.ts";

interface Pattern {
  readonly group: readonly string[];
}
interface Override {
  readonly includes: readonly string[];
  readonly linter: {
    readonly rules: {
      readonly style?: {
        readonly noRestrictedImports?: {
          readonly options: { readonly patterns: readonly Pattern[] };
        };
      };
    };
  };
}

const { overrides }: { readonly overrides: readonly Override[] } = JSON.parse(
  readFileSync(join(ROOT, "biome.json"), "utf8"),
);

/** Each feature with the features that Biome allows it to import. */
const GRAPH: ReadonlyMap<string, readonly string[]> = new Map(
  overrides.flatMap(({ includes: [folder = ""], linter }) => {
    const [, feature] = /^src\/features\/(\w+)\/\*\*$/u.exec(folder) ?? [];
    const groups = linter.rules.style?.noRestrictedImports?.options.patterns ?? [];
    const allowed = groups.flatMap(({ group }) =>
      group.flatMap((glob) => /^!\.\.\/(\w+)\/index\.ts$/u.exec(glob)?.[1] ?? []),
    );
    return feature === undefined ? [] : [[feature, allowed] as const];
  }),
);

const FILES = globSync("src/features/*/*.ts", { cwd: ROOT });

function featureOf(path: string): string | undefined {
  return /^src\/features\/(\w+)\//u.exec(path)?.[1];
}

/** The features that a file imports from, with the imported files. */
function importsOf(path: string): readonly { readonly feature: string; readonly file: string }[] {
  const text = readFileSync(join(ROOT, path), "utf8");
  return [...text.matchAll(/(?:from |import\()"(\.[^"]+)"/gu)].flatMap(([, specifier = ""]) => {
    const file = normalize(join(dirname(path), specifier));
    const feature = featureOf(file);
    return feature === undefined || feature === featureOf(path) ? [] : [{ feature, file }];
  });
}

/** The features below one, each after those that it imports. Throws for a circle. */
function belowOf(feature: string, path: readonly string[] = []): readonly string[] {
  ok(!path.includes(feature), `a circle: ${[...path, feature].join(" → ")}`);
  const below = (GRAPH.get(feature) ?? []).flatMap((each) => belowOf(each, [...path, feature]));
  return [...below, feature];
}

describe("Features", () => {
  it("have a line each in biome.json, which says whom they import", () =>
    deepEqual(
      [...GRAPH.keys()].sort(),
      [...new Set(FILES.flatMap((file) => featureOf(file) ?? []))].sort(),
    ));

  it("import each other along a graph without a circle", () => {
    for (const feature of GRAPH.keys()) {
      ok(belowOf(feature).length > 0);
    }
  });

  it("import each other by the index, and those alone that biome.json lists", () => {
    const wrong = FILES.flatMap((path) =>
      importsOf(path)
        .filter(
          ({ feature, file }) =>
            !(GRAPH.get(featureOf(path) ?? "") ?? []).includes(feature) ||
            file !== `src/features/${feature}/index.ts`,
        )
        .map(({ file }) => `${path} imports ${file}`),
    );
    deepEqual(wrong, []);
  });

  it("import every feature that biome.json lists for them", () => {
    const used = Map.groupBy(
      FILES.flatMap((path) =>
        importsOf(path).map(({ feature }) => ({ from: featureOf(path), feature })),
      ),
      ({ from }) => from,
    );
    for (const [feature, allowed] of GRAPH) {
      const found = new Set(used.get(feature)?.map((each) => each.feature));
      deepEqual([...found].sort(), [...allowed].sort(), feature);
    }
  });
});
