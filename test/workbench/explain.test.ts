import assert from "node:assert/strict";
import type { Locator } from "playwright-core";
import { openDemoWindow } from "./support/demoWindow.ts";
import { eventually } from "./support/eventually.ts";
import { shownPage } from "./support/pages.ts";
import { answerInput, pickItem, runCommand } from "./support/quickInput.ts";
import type { CodeWindow } from "./support/window.ts";

describe("Why can't they see it, in the demo account", () => {
  let window: CodeWindow;
  before(async () => {
    window = await openDemoWindow();
    await runCommand(window, "MCP Portals: Why Can't They See It?");
    await pickItem(window, "Engineering");
    await page().getByRole("heading", { name: "Why can't they see Engineering?" }).waitFor();
  });
  after(() => window.close());

  const page = (): Locator => shownPage(window);
  const headline = (): Promise<string | null> => page().locator(".headline").textContent();
  const focused = (): Promise<string> =>
    page().evaluate(({ ownerDocument: { activeElement } }) => activeElement?.id ?? "");

  it("says first what is broken, then each link with a word for its state", async () => {
    await eventually(headline, "Users don't see Docs: its Access application has no Allow policy.");
    const links = page().getByRole("heading", { level: 2 });
    assert.equal(await links.count(), 10);
    await page()
      .getByRole("heading", { name: /DNS record of the host\s*Holds/u })
      .waitFor();
    await page()
      .getByRole("heading", { name: /Access application of the server\s*Broken/u })
      .waitFor();
    await page().getByRole("button", { name: "Open Server in Dashboard" }).waitFor();
  });

  it("leads from a link to the field that it needs, and answers when Enter is pressed", async () => {
    await page().getByRole("button", { name: "Enter an Email" }).first().press("Enter");
    await eventually(focused, "email");
    await window.page.keyboard.type("eve@elsewhere.example");
    await window.page.keyboard.press("Enter");
    await eventually(
      headline,
      "eve@elsewhere.example can't sign in to Engineering: no policy of its Access application lets them in.",
    );
    await eventually(focused, "email");
  });

  it("takes a client and asks the endpoint, and keeps the focus on what was pressed", async () => {
    await page().getByRole("textbox", { name: "Email" }).fill("ann@harborlane.example");
    await page().getByRole("combobox", { name: "Client" }).selectOption("Gemini");
    await page().getByText("It isn't known").waitFor({ state: "detached" });
    await page()
      .getByRole("heading", { name: /What the client takes\s*Broken/u })
      .waitFor();
    await page().getByRole("button", { name: "Ask the Endpoint" }).press("Enter");
    await page().getByText("The endpoint answers as a portal does.").waitFor();
  });

  it("creates the missing policy after a preview of it, and shows that users see the server", async () => {
    await page().getByRole("textbox", { name: "Email" }).fill("");
    await page().getByRole("combobox", { name: "Client" }).selectOption("");
    await eventually(headline, "Users don't see Docs: its Access application has no Allow policy.");
    await page().getByRole("button", { name: "Create Policy…" }).press("Enter");
    await pickItem(window, "Domain of Emails");
    await answerInput(window, "harborlane.example");
    const dialog = window.page.locator(".monaco-dialog-box");
    await dialog.getByText("Create a policy for the Access application Docs?").waitFor();
    await dialog.getByText("Shared with: whoever has an email at harborlane.example.").waitFor();
    await dialog.getByRole("button", { name: "Create", exact: true }).click();
    await eventually(headline, "Nothing is broken. What is left depends on the user.");
  });
});
