import { equal } from "node:assert/strict";
import { shownUrl } from "../../../src/model/url.ts";

describe("a URL on screen", () => {
  for (const [url, shown] of [
    ["https://docs.example.com/mcp", "https://docs.example.com/mcp"],
    ["https://me:secret@docs.example.com/mcp", "https://…@docs.example.com/mcp"],
    ["https://docs.example.com/mcp?key=secret&b=1", "https://docs.example.com/mcp?key=…&b=…"],
    ["//me:secret@nowhere?key=secret", "//…@nowhere?key=…"],
  ] as const) {
    it(`hides secrets of ${url}`, () => equal(shownUrl(url), shown));
  }
});
