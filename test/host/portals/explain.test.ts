import { deepEqual, equal, ok } from "node:assert/strict";
import * as vscode from "vscode";
import type { LinkId } from "../../../src/domain/reach/chain.ts";
import { COMMANDS } from "../../../src/manifest.ts";
import { type Chain, readToPage, type ShownQuestion } from "../../../src/pages/reach/protocol.ts";
import type { Row } from "../../../src/target.ts";
import { AccessApps, deleteDnsRecord } from "../support/accessApps.ts";
import { pasteToken } from "../support/accounts.ts";
import { callApi } from "../support/callApi.ts";
import { setUpSuite } from "../support/fixture.ts";
import { OpenedPages } from "../support/pages.ts";
import { Replacements } from "../support/replacements.ts";
import { run } from "../support/run.ts";
import { until } from "../support/screen.ts";
import { addToken } from "../support/tokens.ts";

const NOBODY: ShownQuestion = { email: "", serviceToken: "", client: "" };

describe("Why Can't They See It?", () => {
  const { account, person } = setUpSuite({ freshEmulator: true });
  const pages = new OpenedPages();
  const replacements = new Replacements();
  const opened: string[] = [];

  beforeEach(() => {
    pages.arrive();
    opened.length = 0;
    replacements.replace(vscode.env, "openExternal", () => async (uri: vscode.Uri) => {
      opened.push(uri.toString());
      return true;
    });
  });
  afterEach(() => {
    replacements.end();
    pages.leave();
  });

  const portal = (): Row => ({
    kind: "portal",
    accountId: account.emulator.accountId,
    portalId: "engineering",
  });
  const mapping = (serverId: string): Row => ({
    kind: "mapping",
    accountId: account.emulator.accountId,
    portalId: "engineering",
    serverId,
  });
  const tool = (serverId: string, name: string): Row => ({
    kind: "tool",
    accountId: account.emulator.accountId,
    portalId: "engineering",
    serverId,
    name,
  });

  const newest = (): Chain | undefined => {
    const message = readToPage(pages.all.at(-1)?.posted.at(-1));
    return message?.type === "chain" && !message.isLooking ? message : undefined;
  };
  const untilHeadline = async (headline: string): Promise<Chain> => {
    const chain = await until(newest, (message) => message?.headline === headline);
    ok(chain !== undefined);
    return chain;
  };
  const speak = (message: unknown): void => pages.all.at(-1)?.speak(message);
  const ask = (question: Partial<ShownQuestion>): void =>
    speak({ type: "ask", question: { ...NOBODY, ...question } });
  const linkIn = ({ links }: Chain, id: LinkId) => {
    const found = links.find((link) => link.id === id);
    ok(found !== undefined);
    return found;
  };
  /** Does what the worst item of a link offers. */
  const act = (link: LinkId): void => speak({ type: "act", link, found: 0, does: "act" });

  const call = (method: string, path: string, body?: unknown): Promise<unknown> =>
    callApi(account.emulator, method, path, body);
  const inAccount = (path: string): string => `/accounts/${account.emulator.accountId}${path}`;
  const apps = new AccessApps(() => account.emulator);
  const Whole = "Nothing is broken. What is left depends on the user.";

  it("finds the demo's server that nobody sees, and nothing more once it has a policy", async () => {
    await run(COMMANDS.explain, portal());
    const chain = await untilHeadline(
      "Users don't see Docs: its Access application has no Allow policy.",
    );
    equal(pages.all.at(-1)?.panel.title, "Engineering: Why Can't They See It?");
    equal(chain.heading, "Why can't they see Engineering?");
    equal(chain.links.length, 10);
    equal(linkIn(chain, "dns").word, "Holds");
    equal(linkIn(chain, "serverApp").word, "Broken");
    equal(linkIn(chain, "serviceToken").word, "Depends on the user");
    equal(linkIn(chain, "client").word, "Depends on the client");
    act("serverApp");
    await until(
      () => opened,
      (urls) => urls.length === 1,
    );
    ok(opened[0]?.endsWith("/mcp-server/edit/docs"));
    await apps.allow("Docs");
    speak({ type: "look" });
    await untilHeadline(Whole);
  });

  it("asks for a portal in the palette, and takes an email, a client and a token", async () => {
    await apps.allow("Docs");
    const done = run(COMMANDS.explain);
    await person.choose("Engineering");
    await done;
    await untilHeadline(Whole);
    ask({ email: "eve@elsewhere.example" });
    await untilHeadline(
      "eve@elsewhere.example can't sign in to Engineering: no policy of its Access application lets them in.",
    );
    ask({ email: "ann@harborlane.example", client: "claude-code" });
    const known = await untilHeadline(Whole);
    deepEqual(
      ["portalApp", "redirectUri", "serverApp", "client"].map(
        (id) => known.links.find((link) => link.id === id)?.state,
      ),
      ["holds", "holds", "holds", "holds"],
    );
    ask({ serviceToken: "00000000-0000-4000-8000-000000000000" });
    await untilHeadline(
      "The service token doesn't get into Engineering: no Service Auth policy of its Access application names it.",
    );
  });

  it("breaks link by link, each with its own headline", async () => {
    await apps.allow("Docs");
    await run(COMMANDS.explain, mapping("tickets"));
    await untilHeadline(Whole);

    const gemini = { client: "gemini" };
    ask(gemini);
    const lost = await until(newest, (message) => message?.state === "broken");
    ok(lost?.headline.startsWith("Users of Gemini get nothing."), lost?.headline);
    ask({});

    await account.emulator.write({ server: "tickets", patch: { status: "error" } });
    await run(COMMANDS.refresh);
    await untilHeadline("Users don't see Tickets: its status is “Error”.");

    await apps.delete(await apps.of("mcp", "Tickets"));
    speak({ type: "look" });
    await untilHeadline("Users don't see Tickets: it has no Access application.");

    const app = await apps.of("mcp_portal", "Engineering");
    await apps.update(app, {
      oauth_configuration: { enabled: true, dynamic_client_registration: { enabled: false } },
    });
    speak({ type: "look" });
    await untilHeadline(
      "Users can't sign in to Engineering: its Access application lets no client register.",
    );

    await apps.delete(app);
    speak({ type: "look" });
    await untilHeadline(
      "Users can't sign in to Engineering: there is no Access application for mcp.harborlane.example.",
    );

    await deleteDnsRecord(account.emulator, "mcp.harborlane.example");
    speak({ type: "look" });
    await untilHeadline(
      "Users can't reach Engineering: mcp.harborlane.example has no DNS record. It needs a proxied CNAME to gateway.agents.cloudflare.com.",
    );
    act("dns");
    await until(
      () => opened,
      (urls) => urls.some((url) => url.endsWith("/harborlane.example/dns/records")),
    );
  });

  it("turns a tool on that the portal has off, and follows", async () => {
    await apps.allow("Docs");
    await run(COMMANDS.explain, tool("tickets", "delete_ticket"));
    const chain = await untilHeadline(
      "Users don't see tickets_delete_ticket: it is off in Engineering.",
    );
    equal(chain.heading, "Why can't they see tickets_delete_ticket in Engineering?");
    act("toolOn");
    await untilHeadline(Whole);
  });

  it("looks anew when the portal gets another host, and tells nothing of the old one", async () => {
    await apps.allow("Docs");
    await run(COMMANDS.explain, portal());
    await untilHeadline(Whole);
    act("dns");
    await until(
      () => newest()?.links[0]?.found[0]?.sentence,
      (sentence) => sentence === "The endpoint answers as a portal does.",
    );
    const posted = pages.all.at(-1)?.posted ?? [];
    const before = posted.length;
    const patch = { hostname: "moved.harborlane.example" };
    await account.emulator.write({ portal: "engineering", patch });
    await run(COMMANDS.refresh);
    await untilHeadline(
      "Users can't reach Engineering: moved.harborlane.example has no DNS record. It needs a proxied CNAME to gateway.agents.cloudflare.com.",
    );
    const said = JSON.stringify(posted.slice(before));
    equal(said.includes("moved.harborlane.example is a proxied CNAME"), false);
    equal(said.includes("The endpoint answers as a portal does."), false);
  });

  it("says when a server isn't in the portal any more", async () => {
    await run(COMMANDS.explain, mapping("tickets"));
    await untilHeadline(Whole);
    const held = (await call("GET", inAccount("/access/ai-controls/mcp/portals/engineering"))) as {
      readonly servers: readonly { readonly server_id: string }[];
    };
    const servers = held.servers.filter(({ server_id: id }) => id !== "tickets");
    await account.emulator.write({ portal: "engineering", patch: { servers } });
    await run(COMMANDS.refresh);
    await untilHeadline("Users don't see Tickets: it isn't in Engineering.");
  });

  it("is what Add Portal… ends with, where users don't see the portal yet", async () => {
    const portal = { id: "desk", name: "Desk", hostname: "desk.harborlane.example" };
    await run(COMMANDS.addPortal, undefined, undefined, JSON.stringify(portal));
    const message = await person.message(/has no DNS record/u);
    equal(
      message.text,
      "Users can't reach Desk: desk.harborlane.example has no DNS record. It needs a proxied CNAME to gateway.agents.cloudflare.com. 1 more link is broken.",
    );
    message.press("Show All Links");
    const chain = await until(newest, (shown) => shown !== undefined);
    equal(chain?.heading, "Why can't they see Desk?");
  });

  it("is what Add Servers to Portal… ends with, where users don't see one of them", async () => {
    const support: Row = {
      kind: "portal",
      accountId: account.emulator.accountId,
      portalId: "support",
    };
    await run(COMMANDS.attachServers, support, undefined, "browser");
    deepEqual(person.messages, []);
    await run(COMMANDS.attachServers, support, undefined, "docs");
    const message = await person.message(/Docs/u);
    equal(message.text, "Users don't see Docs: its Access application has no Allow policy.");
  });

  it("asks the endpoint when somebody wants it, and never before", async () => {
    await run(COMMANDS.explain, portal());
    const before = await until(newest, (message) => message !== undefined);
    equal(linkIn(before ?? ({} as Chain), "dns").found[0]?.actions[0]?.label, "Ask the Endpoint");
    act("dns");
    await until(
      () => newest()?.links[0]?.found[0]?.sentence,
      (sentence) => sentence === "The endpoint answers as a portal does.",
    );
  });
});

describe("Why Can't They See It? without further permissions", () => {
  const { account, person } = setUpSuite({ freshEmulator: true, signedIn: false });
  const pages = new OpenedPages();
  beforeEach(() => pages.arrive());
  afterEach(() => pages.leave());

  it("shows the rest, and says which permissions a token needs", async () => {
    const secret = await addToken(account.emulator);
    await pasteToken(person, secret);
    await run(COMMANDS.refresh);
    await run(COMMANDS.explain, {
      kind: "portal",
      accountId: account.emulator.accountId,
      portalId: "engineering",
    });
    const chain = await until(
      () => {
        const message = readToPage(pages.all.at(-1)?.posted.at(-1));
        return message?.type === "chain" && !message.isLooking ? message : undefined;
      },
      (message) => message !== undefined,
    );
    equal(chain?.headline, "No broken link was found. 4 links couldn't be looked at.");
    equal(chain?.state, "unknown");
    equal(
      chain?.hint,
      "A token that also has the permissions “Zone Read”, “DNS Read” and “Access: Apps and Policies Read” can look at every link.",
    );
    equal(account.exports.status.text.includes("refused"), false);
  });
});
