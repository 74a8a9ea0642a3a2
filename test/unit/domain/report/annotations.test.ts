import { deepEqual, doesNotMatch, equal } from "node:assert/strict";
import { annotation } from "../../../../src/domain/report/annotations.ts";
import { jsonLines } from "../../../../src/domain/report/jsonLines.ts";
import { findingLine } from "../../../../src/domain/report/lines.ts";
import { Dice } from "../../engine/support/dice.ts";
import { finding, unplaced } from "./support/findings.ts";
import { HOSTILE_TEXTS, hostileText } from "./support/hostile.ts";
import { commandsIn } from "./support/runner.ts";

describe("An annotation for GitHub", () => {
  it("has the file, the line, the columns and the rule", () =>
    equal(
      annotation(finding()),
      "::warning file=servers/docs.mcp-server.json,line=7,endLine=7,col=5,endColumn=13," +
        "title=name/over-64::server docs, tool search: Its name is long.",
    ));

  it("has the command of its severity", () => {
    const severities = ["error", "warning", "information", "hint"] as const;
    deepEqual(
      severities.map((severity) => commandsIn(annotation(unplaced({ severity })))[0]?.name),
      ["error", "warning", "notice", "notice"],
    );
  });

  it("has no columns where it goes over several lines", () => {
    const region = { startLine: 1, startColumn: 4, endLine: 3, endColumn: 2 };
    const [command] = commandsIn(annotation(finding({ file: { path: "a.json", region } })));
    deepEqual(
      [...(command?.properties ?? [])],
      [
        ["file", "a.json"],
        ["line", "1"],
        ["endLine", "3"],
        ["title", "name/over-64"],
      ],
    );
  });

  it("keeps a file's colons and commas, and per cent signs, apart from the command's own", () => {
    const { region } = finding().file ?? { region: undefined };
    const path = "a,b:50%.json";
    const shown = annotation(
      finding({ message: "100%0A", ...(region && { file: { path, region } }) }),
    );
    const [command] = commandsIn(shown);
    equal(command?.properties.get("file"), path);
    equal(command?.data, "server docs, tool search: 100%0A");
  });
});

describe("What an upstream wrote", () => {
  /** What each form of a report prints on the log of a runner. */
  function assertObeyedNowhere(text: string): void {
    for (const changes of [{ message: text }, { name: text }, { server: text, portal: text }]) {
      for (const each of [finding(changes), unplaced(changes)]) {
        deepEqual(commandsIn(findingLine(each)), [], JSON.stringify(text));
        deepEqual(commandsIn(jsonLines([each]).join("\n")), [], JSON.stringify(text));
        const commands = commandsIn(annotation(each));
        deepEqual(
          commands.map(({ name }) => name),
          ["warning"],
          JSON.stringify(text),
        );
        const keys = each.file === undefined ? [] : ["file", "line", "endLine", "col", "endColumn"];
        deepEqual([...(commands[0]?.properties.keys() ?? [])], [...keys, "title"]);
      }
    }
  }

  it("is no command to a runner, in any form of the report", () => {
    for (const text of HOSTILE_TEXTS) {
      assertObeyedNowhere(text);
    }
  });

  it("is none either where hostile pieces stand in any order", () => {
    const dice = new Dice(20_261_127);
    for (let round = 0; round < 500; round += 1) {
      assertObeyedNowhere(hostileText(dice));
    }
  });

  it("doesn't move a terminal's cursor or hide in it", () => {
    const line = findingLine(finding({ message: "a\u001b[2J\u202eb\u0007" }));
    equal(line.endsWith("a[U+001B][2J[U+202E]b[U+0007] [name/over-64]"), true, line);
  });

  it("is the same again once the JSON is read", () => {
    const message = "##[add-path]/tmp ###vso[a]\n::error::";
    const [line = ""] = jsonLines([finding({ message })]);
    doesNotMatch(line, /##\w*\[/u);
    equal(JSON.parse(line).message, message);
  });
});
