import assert from "node:assert/strict";
import type { Emulator } from "../harness/emulator.ts";
import { eventually } from "./support/eventually.ts";
import { runCommand } from "./support/quickInput.ts";
import { clickRow, expandRow, readRow } from "./support/serversView.ts";
import { closeAll, openSignedIn } from "./support/signedIn.ts";
import type { CodeWindow } from "./support/window.ts";

const TOOLS = 200;

/** 20 rounds show a fault that one in four windows may have. */
const ROUNDS = Number(process.env["KEY_ROUNDS"] ?? 2);

describe("Space, pressed on 200 rows as fast as keys come", function () {
  this.timeout(60_000 + ROUNDS * 60_000);
  let emulator: Emulator;
  let window: CodeWindow;
  const names = Array.from({ length: TOOLS }, (_, index) => `tool_${index}`);
  before(async () => {
    ({ emulator, window } = await openSignedIn());
    const tools = names.map((name) => ({ name, inputSchema: { type: "object" } }));
    await emulator.write({ server: "browser", patch: { tools } });
    await runCommand(window, "MCP Portals: Refresh");
    await eventually(() => description(), `${TOOLS} tools`);
    await expandRow(window, ["Browser", "Tools"]);
  });
  after(closeAll);

  it("switches each row once, in a fresh window and again", async () => {
    for (let round = 1; round <= ROUNDS; round += 1) {
      const isOff = round % 2 === 1;
      await clickRow(window, ["Browser"]);
      await expandRow(window, ["Browser"]);
      const { keyboard } = window.page;
      await keyboard.press("ArrowDown");
      const pressed: Promise<void>[] = [];
      for (let row = 0; row < TOOLS; row += 1) {
        pressed.push(keyboard.press("ArrowDown"), keyboard.press("Space"));
      }
      await Promise.all(pressed);
      await eventually(() => disabled(), isOff ? names : []);
      // Only visible rows are in the page.
      await keyboard.press("Home");
      await eventually(() => description(), isOff ? `0 of ${TOOLS} enabled` : `${TOOLS} tools`);
    }
  });

  /** Without what changed since it was accepted, which a row says first. */
  const description = async () =>
    (await readRow(window, ["Browser"])).description.split(" · ").at(-1);

  async function disabled(): Promise<readonly string[]> {
    const [account] = (await emulator.control("GET", "state")) as [{ servers: Stored[] }];
    const stored = account.servers.find(({ id }) => id === "browser");
    assert.ok(stored);
    return stored.updated_tools.flatMap(({ name, enabled }) => (enabled === false ? [name] : []));
  }
});

interface Stored {
  readonly id: string;
  readonly updated_tools: readonly { readonly name: string; readonly enabled?: boolean }[];
}
