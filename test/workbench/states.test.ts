import assert from "node:assert/strict";
import type { Emulator } from "../harness/emulator.ts";
import { eventually } from "./support/eventually.ts";
import { readPortals } from "./support/portalsView.ts";
import { answerInput, pickItem, readInput, runCommand, tickItem } from "./support/quickInput.ts";
import {
  titleActions as actionsInTitle,
  clickCheckbox,
  portalsView,
  readRow,
  serversView,
} from "./support/serversView.ts";
import { closeAll, openSignedOut } from "./support/signedIn.ts";
import type { CodeWindow } from "./support/window.ts";

const LIST = { method: "GET", path: "/servers$" };
const FAILS = { kind: "reset", match: { ...LIST, count: 0 } } as const;
const PORTALS_FAIL = {
  kind: "reset",
  match: { method: "GET", path: "/portals$", count: 0 },
} as const;
const TAKES_LONG = { kind: "slow", ms: 5000, match: { ...LIST, count: 0 } } as const;

/** The first request for the list of servers, which checks a credential, passes. */
const CHECK_PASSES = { kind: "slow", ms: 0, match: { ...LIST, count: 1 } } as const;

const OFFLINE = "Cloudflare can't be reached. Showing the servers as of then.";
const READ_ONLY = "Read-only: the credential lacks the permission MCP Portals Write.";
const REFUSED =
  "Cloudflare no longer accepts this sign-in, so what you see may be old. Showing the servers as of then.";
const FILTERED = "Showing only what is disabled: 2 servers with 2 tools and prompts.";

let emulator: Emulator;
let window: CodeWindow;
const secret = "a-token-that-changes-what-it-may-do-in-this-test";

async function open(): Promise<void> {
  ({ emulator, window } = await openSignedOut());
}

/** The text and buttons of the welcome view; empty where rows or a message are shown. */
async function welcome(view = serversView(window)): Promise<readonly string[]> {
  const parts = view.locator(".welcome-view-content p, .welcome-view-content .monaco-button");
  return (await parts.allInnerTexts()).map((text) => text.trim());
}

async function message(): Promise<string> {
  const line = serversView(window).locator(".message");
  if (!(await line.isVisible())) {
    return "";
  }
  const text = (await line.textContent()) ?? "";
  return text.replace(/as of .*?\. ?(?=[A-Z]|$)/, "as of then. ").trim();
}

async function titleActions(): Promise<readonly string[]> {
  const buttons = (await actionsInTitle(window)).locator("[role=button]");
  const names = await buttons.evaluateAll((all) =>
    all.map((each) => each.getAttribute("aria-label") ?? ""),
  );
  return names.filter((name) => !/More Actions/u.test(name));
}

const setToken = (change: Readonly<Record<string, unknown>>): Promise<unknown> =>
  emulator.control("POST", "tokens", { name: "test", secret, ...change });

async function signInBefore(
  fault: typeof FAILS | typeof TAKES_LONG | typeof PORTALS_FAIL,
): Promise<void> {
  await setToken({ accounts: [emulator.accountId] });
  await runCommand(window, "MCP Portals: Sign In…");
  await pickItem(window, "Paste an API token");
  await emulator.set({ faults: [CHECK_PASSES, fault] });
  await answerInput(window, secret);
}

/** Each state has its own text, and one action that comes first. */
describe("What the view says of its state", () => {
  before(open);
  after(closeAll);

  it("offers Sign In first when nobody is signed in", async () => {
    await eventually(
      () => welcome(),
      [
        "See your Cloudflare MCP portals and the servers behind them, decide which tools people get, and find out what is wrong.",
        "Sign In…",
        "No Cloudflare account at hand? Open Demo Account: it runs on this machine alone.",
      ],
    );
  });

  it("offers only Show Log while it loads", async () => {
    await signInBefore(TAKES_LONG);
    await eventually(
      () => welcome(),
      ["Fetching servers from Cloudflare…", "If it takes long, the log says why."],
    );
  });

  it("shows servers without a message, with the most used buttons", async () => {
    await readRow(window, ["Wiki"]);
    await emulator.reset();
    assert.equal(await message(), "");
    await eventually(titleActions, [
      "Sync All Servers",
      "Find Tool or Prompt…",
      "Filter…",
      "Collapse All",
    ]);
  });

  it("says how old the data is, and offers Refresh first", async () => {
    await emulator.set({ faults: [FAILS] });
    await runCommand(window, "MCP Portals: Refresh");
    await eventually(message, OFFLINE);
    await eventually(async () => (await titleActions())[0], "Refresh");
  });

  it("says that it is filtered as well, and offers to clear the filter", async () => {
    await runCommand(window, "MCP Portals: Filter…");
    await tickItem(window, "Disabled");
    await window.page.keyboard.press("Enter");
    await readRow(window, ["Shop", "Tools", "refund_order"]);
    assert.equal(await message(), `${OFFLINE} ${FILTERED}`);
    await eventually(titleActions, [
      "Refresh",
      "Find Tool or Prompt…",
      "Clear Filter",
      "Collapse All",
    ]);
  });

  it("offers Sign In first when it is read-only as well, and nothing that writes", async () => {
    await setToken({ accounts: [emulator.accountId], permission: "read" });
    await clickCheckbox(window, ["Shop", "Tools", "refund_order"]);
    await eventually(message, `${OFFLINE} ${READ_ONLY} ${FILTERED}`);
    await eventually(titleActions, [
      "Sign In…",
      "Refresh",
      "Find Tool or Prompt…",
      "Clear Filter",
      "Collapse All",
    ]);
  });

  it("offers Sign In first when the credential was refused", async () => {
    await emulator.reset();
    await setToken({ accounts: [emulator.accountId], permission: "read", status: "disabled" });
    await runCommand(window, "MCP Portals: Refresh");
    await eventually(message, `${REFUSED} ${FILTERED}`);
    await eventually(async () => (await titleActions())[0], "Sign In…");
  });
});

describe("What the view says when nothing could be fetched", () => {
  before(open);
  after(closeAll);

  it("is that it failed, with Try Again first", async () => {
    await signInBefore(FAILS);
    await eventually(
      () => welcome(),
      ["The servers couldn't be fetched. The log has the details.", "Try Again"],
    );
  });

  it("is gone once a refresh works", async () => {
    await emulator.reset();
    await serversView(window).getByRole("button", { name: "Try Again" }).click();
    await readRow(window, ["Wiki"]);
    assert.equal(await message(), "");
  });
});

describe("What the view of portals says", () => {
  before(open);
  after(closeAll);

  it("is that nothing could be fetched, with Try Again first", async () => {
    await signInBefore(PORTALS_FAIL);
    await readRow(window, ["Wiki"]);
    await eventually(
      () => welcome(portalsView(window)),
      ["The portals couldn't be fetched. The log has the details.", "Try Again"],
    );
  });

  it("are the portals once a refresh works", async () => {
    await emulator.reset();
    await portalsView(window).getByRole("button", { name: "Try Again" }).click();
    await eventually(
      () => readPortals(window),
      ["Engineering (mcp.harborlane.example)", "Support (support-mcp.harborlane.example)"],
    );
    assert.deepEqual(await welcome(portalsView(window)), []);
  });

  it("is that there are none, and adds one", async () => {
    for (const portal of ["engineering", "support"]) {
      await emulator.write({ portal, delete: true });
    }
    await runCommand(window, "MCP Portals: Refresh");
    await eventually(
      () => welcome(portalsView(window)),
      [
        "This account has no MCP portals yet. People reach its servers through one.",
        "Add Portal…",
        "Added one elsewhere? Refresh.",
      ],
    );
    await portalsView(window)
      .locator(".welcome-view-content")
      .getByRole("button", { name: "Add Portal…" })
      .click();
    await eventually(async () => (await readInput(window)).title, "Add a portal (1/4)");
    await window.page.keyboard.press("Escape");
  });
});
