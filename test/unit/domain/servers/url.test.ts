import { equal } from "node:assert/strict";
import { shownUrl, withShownUrls } from "../../../../src/domain/servers/server.ts";

describe("a URL on screen", () => {
  for (const [url, shown] of [
    ["https://docs.example.com/mcp", "https://docs.example.com/mcp"],
    ["https://me:secret@docs.example.com/mcp", "https://…@docs.example.com/mcp"],
    ["https://docs.example.com/mcp?key=secret&b=1", "https://docs.example.com/mcp?key=…&b=…"],
    ["//me:secret@nowhere?key=secret", "//…@nowhere?key=…"],
  ] as const) {
    it(`hides secrets of ${url}`, () => equal(shownUrl(url), shown));
  }

  it("hides secrets of each URL in a text", () =>
    equal(
      withShownUrls(
        "A request to https://me:secret@a.example/mcp?key=secret or (http://b.example/x).",
      ),
      "A request to https://…@a.example/mcp?key=… or (http://b.example/x).",
    ));

  it("hides them where something stands right before the URL", () =>
    equal(
      withShownUrls("see...https://me:secret@a.example/mcp?key=secret and 1.wss://b:c@d.example"),
      "see...https://…@a.example/mcp?key=… and 1.wss://…@d.example",
    ));
});
