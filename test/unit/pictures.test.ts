import { deepEqual, equal } from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import {
  README_PICTURES,
  readmeFile,
  THEMES,
  WALKTHROUGH_STEPS,
  walkthroughFile,
} from "../harness/pictures/files.ts";
import { encodePalettePng } from "../harness/pictures/palettePng.ts";

const root = new URL("../../", import.meta.url);
const read = (file: string): string => readFileSync(new URL(file, root), "utf8");
const filesIn = (folder: string): string[] =>
  readdirSync(new URL(folder, root)).map((name) => `${folder}/${name}`);

interface Manifest {
  readonly contributes: {
    readonly walkthroughs: readonly {
      readonly steps: readonly {
        readonly id: string;
        readonly media: { readonly image: unknown };
      }[];
    }[];
  };
}

/** Compares the pictures that `npm run screenshots` writes with the existing and the shown ones. */
describe("the pictures", () => {
  it("of README are there, all shown, and there are no others", () => {
    const written = README_PICTURES.map(readmeFile).sort();
    const shown = [...read("README.md").matchAll(/!\[[^\]]+\]\(([^)]+)\)/g)].map(
      ([, file]) => file,
    );
    deepEqual(shown.sort(), written);
    deepEqual(filesIn("media/screenshots").sort(), written);
  });

  it("of the walkthrough are there for each kind of theme, and there are no others", () => {
    const { contributes }: Manifest = JSON.parse(read("package.json"));
    const themes = Object.keys(THEMES) as (keyof typeof THEMES)[];
    deepEqual(
      contributes.walkthroughs
        .flatMap(({ steps }) => steps)
        .map(({ id, media }) => [id, media.image]),
      WALKTHROUGH_STEPS.map((step) => [
        step,
        Object.fromEntries(themes.map((theme) => [theme, walkthroughFile(step, theme)])),
      ]),
    );
    const written = WALKTHROUGH_STEPS.flatMap((step) =>
      themes.map((theme) => walkthroughFile(step, theme)),
    );
    deepEqual(filesIn("media/walkthrough").sort(), written.sort());
  });

  it("are PNGs whose palette keeps what fills an area, and one of each kind of colour", () => {
    const colours = Array.from({ length: 1000 }, (_, index) => [index % 256, index >> 8, 0]);
    const rare = [0, 0, 255];
    const pixels = [...Array.from({ length: 2000 }, () => [24, 24, 24]), ...colours, rare];
    const rgba = Uint8Array.from(pixels.flatMap((colour) => [...colour, 255]));
    const png = encodePalettePng({ width: pixels.length, height: 1, rgba });
    equal(png.toString("latin1", 1, 4), "PNG");
    const start = png.indexOf("PLTE") + 4;
    const palette = png.subarray(start, start + png.readUInt32BE(start - 8));
    equal(palette.length, 3 * 256);
    const entries = new Set(
      Array.from({ length: 256 }, (_, index) => palette.toString("hex", index * 3, index * 3 + 3)),
    );
    deepEqual(
      ["181818", "0000ff"].filter((colour) => !entries.has(colour)),
      [],
    );
  });
});
