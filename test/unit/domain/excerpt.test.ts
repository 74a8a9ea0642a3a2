import { equal, ok } from "node:assert/strict";
import { excerptOf } from "../../../src/domain/search.ts";

describe("the excerpt of a description", () => {
  const long = `${"first ".repeat(60)}needle ${"last ".repeat(60)}`;

  it("is the whole of a short one, on one line", () =>
    equal(excerptOf(" Finds\n  a page.\t", "page"), "Finds a page."));

  it("begins where a long one begins", () => {
    for (const query of ["", "first", "nothing"]) {
      const excerpt = excerptOf(long, query);
      ok(excerpt.startsWith("first first") && excerpt.endsWith("…"), excerpt);
    }
  });

  it("has what was looked for, wherever it is", () => {
    const excerpt = excerptOf(long, "NEEDLE");
    ok(excerpt.startsWith("…") && excerpt.includes("needle") && excerpt.length < 170, excerpt);
  });
});
