import { equal } from "node:assert/strict";
import * as vscode from "vscode";
import { COMMANDS } from "../../../src/manifest.ts";
import { setUpSuite } from "../support/fixture.ts";
import { run } from "../support/run.ts";
import { until } from "../support/screen.ts";

const LONG = "a_very_long_alias_that_no_client_in_use_takes_without_cutting_off_its_end";

describe("The list of Find Tool or Prompt", () => {
  let done: Thenable<unknown>;
  let drawn: number;
  let stopCounting: () => void;
  const { account, person } = setUpSuite({
    afterEach: async () => {
      if (person.listed !== undefined) {
        await person.dismiss();
      }
      await done;
      stopCounting();
    },
  });
  beforeEach(async () => {
    stopCounting = countDrawn(() => {
      drawn += 1;
    });
    done = run(COMMANDS.find);
    await until(
      () => person.listed,
      (listed) => listed !== undefined,
    );
    await person.search("log_work");
    drawn = 0;
  });

  /** Gives a tool an alias that is a problem too. */
  async function lengthen(server: string, name: string): Promise<void> {
    const patch = { updated_tools: [{ name, alias: LONG }] };
    await account.emulator.write({ server, patch });
    await run(COMMANDS.refresh);
    await until(
      () => vscode.languages.getDiagnostics().map(([uri]) => uri.path),
      (paths) => paths.some((path) => path.includes(`/${server}.`)),
    );
  }

  it("is drawn once when a tool on it changes and gets a problem", async () => {
    await lengthen("tickets", "log_work");
    await until(
      () => person.listed?.[0]?.label,
      (label) => label === LONG,
    );
    equal(drawn, 1);
  });

  it("isn't drawn for problems of a server that it doesn't list", async () => {
    await lengthen("browser", "close_page");
    equal(drawn, 0);
  });

  it("comes back, and can be closed, when the question asked in its place fails", async () => {
    const { showInputBox } = vscode.window;
    Reflect.set(vscode.window, "showInputBox", () => Promise.reject(new Error("It broke.")));
    await person.search("create_ticket");
    drawn = 0;
    person.pressItemButton("create_ticket", "Edit Alias…");
    await until(
      () => drawn,
      (times) => times > 0,
    );
    Reflect.set(vscode.window, "showInputBox", showInputBox);
    await person.dismiss();
    equal(await done, undefined);
  });
});

/** Counts how often the entries of the next list are set. */
function countDrawn(count: () => void): () => void {
  const { createQuickPick } = vscode.window;
  Reflect.set(vscode.window, "createQuickPick", () => {
    const list = createQuickPick();
    Object.defineProperty(list, "items", {
      get: () => Reflect.get(Object.getPrototypeOf(list), "items", list),
      set: (items) => {
        count();
        Reflect.set(Object.getPrototypeOf(list), "items", items, list);
      },
    });
    return list;
  });
  return () => Reflect.set(vscode.window, "createQuickPick", createQuickPick);
}
