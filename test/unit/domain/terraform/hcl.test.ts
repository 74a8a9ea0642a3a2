import { deepEqual, equal, match } from "node:assert/strict";
import { parse } from "@cdktf/hcl2json";
import { hclFile, hclLabel, hclString } from "../../../../src/domain/terraform/hcl.ts";
import { Dice } from "../../engine/support/dice.ts";
import { HOSTILE_TEXTS, hostileText } from "../report/support/hostile.ts";
import { evaluated, literal } from "./support/read.ts";

async function assertLiterals(texts: readonly string[]): Promise<void> {
  const file = texts.map((text, index) => `v${index} = ${hclString(text)}\n`).join("");
  const read = await parse("texts.tf", file);
  for (const [index, text] of texts.entries()) {
    equal(read[`v${index}`], literal(text), JSON.stringify(text));
  }
}

describe("A text in Terraform's language", () => {
  it("is evaluated where nobody escapes it, so that the parser proves something", async () => {
    const template = evaluated("var.b");
    const read = await parse("a.tf", `a = "${template}"\nb = "$${template}"\n`);
    deepEqual(read, { a: template, b: literal(template) });
  });

  it("is a literal, whatever an upstream wrote", () => assertLiterals(HOSTILE_TEXTS));

  it("is one where hostile pieces stand in any order", () => {
    const dice = new Dice(2026);
    return assertLiterals(Array.from({ length: 500 }, () => hostileText(dice)));
  });

  it("stays on its line, and shows what is hidden", () =>
    equal(hclString('a\r\n\t\u202e\u0000"\\'), '"a\\r\\n\\t\\u202e\\u0000\\"\\\\"'));
});

describe("The name of a block", () => {
  it("has only characters that a name may have", () => {
    const taken = new Set<string>();
    for (const text of [...HOSTILE_TEXTS, "", "7up", "-a", "a.b", "docs"]) {
      match(hclLabel(text, taken), /^[A-Za-z_][A-Za-z0-9_-]*$/u);
    }
    equal(taken.size, HOSTILE_TEXTS.length + 5);
  });

  it("is taken once", () => {
    const taken = new Set<string>();
    deepEqual(
      ["a.b", "a_b", "a b"].map((text) => hclLabel(text, taken)),
      ["a_b", "a_b_2", "a_b_3"],
    );
  });
});

describe("A file in Terraform's language", () => {
  it("is laid out as terraform fmt leaves it", () =>
    equal(
      hclFile([
        {
          type: "resource",
          labels: ["thing", "one"],
          attributes: [
            ["id", "one"],
            ["hostname", "one.example"],
            ["nothing", []],
            ["list", [{ isShort: true, attributes: [["name", "a"]] }]],
            ["a", true],
            ["long_name", { expression: "var.b" }],
          ],
        },
        { type: "terraform", labels: [], attributes: [] },
      ]),
      [
        'resource "thing" "one" {',
        '  id       = "one"',
        '  hostname = "one.example"',
        "  nothing  = []",
        "  list = [",
        '    { name = "a" },',
        "  ]",
        "  a         = true",
        "  long_name = var.b",
        "}",
        "",
        "terraform {}",
        "",
      ].join("\n"),
    ));
});
