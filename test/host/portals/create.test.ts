import { deepEqual, equal, match, ok } from "node:assert/strict";
import type { LinkId } from "../../../src/domain/reach/chain.ts";
import type { TokenOptions } from "../../../src/emulator/identity.ts";
import type { Fault } from "../../../src/emulator/switches/schemas.ts";
import { COMMANDS } from "../../../src/manifest.ts";
import { type Chain, readToPage } from "../../../src/pages/reach/protocol.ts";
import type { Row } from "../../../src/target.ts";
import { pasteToken } from "../support/accounts.ts";
import { callApi } from "../support/callApi.ts";
import { setUpSuite } from "../support/fixture.ts";
import type { Message } from "../support/messages.ts";
import { OpenedPages } from "../support/pages.ts";
import { run } from "../support/run.ts";
import { until } from "../support/screen.ts";
import { addToken } from "../support/tokens.ts";

const HOST = "mcp.harborlane.example";
const NO_POLICY = "Users don't see Docs: its Access application has no Allow policy.";
const NO_RECORD = `Users can't reach Engineering: ${HOST} has no DNS record. It needs a proxied CNAME to gateway.agents.cloudflare.com.`;
const WHOLE = "Nothing is broken. What is left depends on the user.";
const UNDO =
  "This extension can't take it back. You can change and delete it in Cloudflare's dashboard.";
const READS = ["zone:read", "dns:read", "access:read"] as const;

interface App {
  readonly id: string;
  readonly type: string;
  readonly name: string;
}

describe("Create, in Why Can't They See It?", () => {
  const { account, person } = setUpSuite({ freshEmulator: true, signedIn: false });
  const pages = new OpenedPages();
  beforeEach(() => pages.arrive());
  afterEach(() => pages.leave());

  const signIn = async (grants: NonNullable<TokenOptions["grants"]>): Promise<void> => {
    await pasteToken(person, await addToken(account.emulator, { grants }));
    await run(COMMANDS.refresh);
  };
  const signInWithAll = () => signIn(["zone:read", "dns:edit", "access:edit", "groups:read"]);

  const call = (method: string, path: string, body?: unknown): Promise<unknown> =>
    callApi(account.emulator, method, path, body);
  const inAccount = (path: string): string => `/accounts/${account.emulator.accountId}${path}`;
  const deleteApp = async (type: string, name: string): Promise<void> => {
    const apps = (await call("GET", inAccount("/access/apps"))) as readonly App[];
    const app = apps.find((each) => each.type === type && each.name === name);
    ok(app !== undefined);
    await call("DELETE", inAccount(`/access/apps/${app.id}`));
  };
  const deleteRecord = async (): Promise<void> => {
    const [zone] = (await call("GET", "/zones")) as readonly { readonly id: string }[];
    const path = `/zones/${zone?.id}/dns_records`;
    const [record] = (await call("GET", `${path}?name=${HOST}`)) as readonly App[];
    await call("DELETE", `${path}/${record?.id}`);
  };

  const newest = (): Chain | undefined => {
    const message = readToPage(pages.all.at(-1)?.posted.at(-1));
    return message?.type === "chain" && !message.isLooking ? message : undefined;
  };
  const untilHeadline = async (headline: string): Promise<Chain> => {
    const chain = await until(newest, (message) => message?.headline === headline);
    ok(chain !== undefined);
    return chain;
  };
  const explain = async (serverId: string, headline: string): Promise<Chain> => {
    const { accountId } = account.emulator;
    const row: Row = { kind: "mapping", accountId, portalId: "engineering", serverId };
    await run(COMMANDS.explain, row);
    await account.emulator.clearLog();
    return untilHeadline(headline);
  };
  const create = (link: LinkId): void =>
    pages.all.at(-1)?.speak({ type: "act", link, found: 0, does: "create" });
  const labelsIn = (chain: Chain, id: LinkId) =>
    chain.links.find((link) => link.id === id)?.found[0]?.actions.map(({ label }) => label);
  /** Chooses a domain for the policy that is about to be created. */
  const shareWithDomain = async (): Promise<void> => {
    await person.pick("Domain of Emails");
    await person.type("@harborlane.example");
  };
  const linesOf = ({ text, detail }: Message) => [text, ...detail.split("\n")];
  /** What was sent to create something, with its ids left out. */
  const sent = async () =>
    (await account.emulator.log())
      .filter(({ method }) => method === "POST")
      .map(({ path, body }) => [path.replace(/[\da-f-]{32,36}/gu, "*"), body]);
  const refuse = (path: string): Fault => ({
    kind: "status",
    status: 403,
    code: 10000,
    message: "Authentication error",
    match: { method: "POST", path },
  });
  const Policy = {
    name: "Allow harborlane.example",
    decision: "allow",
    include: [{ email_domain: { domain: "harborlane.example" } }],
  };

  it("makes the DNS record, and nothing while the preview isn't confirmed", async () => {
    await signInWithAll();
    await deleteRecord();
    const chain = await explain("tickets", NO_RECORD);
    deepEqual(labelsIn(chain, "dns"), ["Create DNS Record…", "Open DNS Records"]);
    create("dns");
    const cancelled = await person.message(/^Create a DNS record/u);
    deepEqual(linesOf(cancelled), [
      `Create a DNS record for ${HOST}?`,
      `Record: ${HOST}, a proxied CNAME to gateway.agents.cloudflare.com with an automatic TTL, in the zone harborlane.example.`,
      "Anybody can look it up. Who may sign in is up to the Access application.",
      UNDO,
    ]);
    cancelled.press("Cancel");
    create("dns");
    const confirmed = await person.message(/^Create a DNS record/u);
    deepEqual(await sent(), []);
    confirmed.press("Create");
    await untilHeadline(WHOLE);
    deepEqual(await sent(), [
      [
        "/zones/*/dns_records",
        {
          type: "CNAME",
          name: HOST,
          content: "gateway.agents.cloudflare.com",
          proxied: true,
          ttl: 1,
        },
      ],
    ]);
  });

  it("makes the portal's application for emails, which are checked first", async () => {
    await signInWithAll();
    await deleteApp("mcp_portal", "Engineering");
    const chain = await explain(
      "tickets",
      `Users can't sign in to Engineering: there is no Access application for ${HOST}.`,
    );
    deepEqual(labelsIn(chain, "portalApp"), [
      "Create Access Application…",
      "Open Portals in Dashboard",
    ]);
    create("portalApp");
    await until(
      () => person.listed?.map(({ label }) => label),
      (labels) => labels?.join() === "Emails,Domain of Emails,Access Group",
    );
    await person.pick(/^Emails$/u);
    await person.type("ann@harborlane.example, everyone");
    equal(await person.complaint(), "“everyone” isn't an email.");
    await person.type("Ann@harborlane.example, bo@harborlane.example");
    const preview = await person.message(/^Create an Access application/u);
    const lines = linesOf(preview);
    equal(lines[1], `Application: “Engineering”, for the portal at ${HOST}.`);
    match(lines[2] ?? "", /may register: any on localhost, any on a loopback address, https:/u);
    equal(
      lines[5],
      "Shared with: ann@harborlane.example, bo@harborlane.example. Nobody else gets in by it.",
    );
    deepEqual(await sent(), []);
    preview.press("Create");
    await untilHeadline(WHOLE);
    deepEqual(await sent(), [
      [
        "/accounts/*/access/apps",
        {
          type: "mcp_portal",
          name: "Engineering",
          domain: HOST,
          oauth_configuration: {
            enabled: true,
            dynamic_client_registration: {
              enabled: true,
              allow_any_on_localhost: true,
              allow_any_on_loopback: true,
              allowed_uris: [
                "https://vscode.dev/redirect",
                "https://insiders.vscode.dev/redirect",
                "cursor://anysphere.cursor-mcp/oauth/callback",
              ],
            },
          },
        },
      ],
      [
        "/accounts/*/access/apps/*/policies",
        {
          name: "Allow by email",
          decision: "allow",
          include: [
            { email: { email: "ann@harborlane.example" } },
            { email: { email: "bo@harborlane.example" } },
          ],
        },
      ],
    ]);
  });

  it("makes the server's application for a domain", async () => {
    await signInWithAll();
    await deleteApp("mcp", "Tickets");
    await explain("tickets", "Users don't see Tickets: it has no Access application.");
    create("serverApp");
    await shareWithDomain();
    const preview = await person.message(/^Create an Access application/u);
    deepEqual(linesOf(preview), [
      "Create an Access application for Tickets?",
      "Application: “Tickets”, for the server tickets in every portal.",
      "Policy: “Allow harborlane.example”, with the action Allow.",
      "Shared with: whoever has an email at harborlane.example. Nobody else gets in by it.",
      UNDO,
    ]);
    preview.press("Create");
    await untilHeadline(WHOLE);
    const destinations = [{ type: "via_mcp_server_portal", mcp_server_id: "tickets" }];
    deepEqual(await sent(), [
      ["/accounts/*/access/apps", { type: "mcp", name: "Tickets", destinations }],
      ["/accounts/*/access/apps/*/policies", Policy],
    ]);
  });

  it("makes the policy for an Access group", async () => {
    await signInWithAll();
    const chain = await explain("docs", NO_POLICY);
    deepEqual(labelsIn(chain, "serverApp"), ["Create Policy…", "Open Server in Dashboard"]);
    create("serverApp");
    await person.pick("Access Group");
    await person.pick("Engineers");
    const preview = await person.message(/^Create a policy/u);
    deepEqual(linesOf(preview), [
      "Create a policy for the Access application Docs?",
      "Policy: “Allow Engineers”, with the action Allow.",
      "Shared with: the Access group Engineers. Nobody else gets in by it.",
      UNDO,
    ]);
    preview.press("Create");
    await untilHeadline(WHOLE);
    const groups = (await call(
      "GET",
      inAccount("/access/groups?name=Engineers"),
    )) as readonly App[];
    deepEqual(await sent(), [
      [
        "/accounts/*/access/apps/*/policies",
        { name: "Allow Engineers", decision: "allow", include: [{ group: { id: groups[0]?.id } }] },
      ],
    ]);
  });

  it("says why groups can't be listed, and which permission the token lacks", async () => {
    await signIn([...READS]);
    await explain("docs", NO_POLICY);
    create("serverApp");
    await person.pick("Access Group");
    await until(
      () => person.listed?.find(({ label }) => label === "Access Group")?.detail,
      (detail) =>
        detail ===
        "Your token lacks the permission “Access: Organizations, Identity Providers, and Groups Read”.",
    );
    await shareWithDomain();
    (await person.message(/^Create a policy/u)).press("Create");
    const refused = await person.message(/couldn't be created/u);
    equal(
      refused.text,
      "The policy couldn't be created. Your token lacks the permission “Access: Apps and Policies Edit”.",
    );
    refused.press("Open Server in Dashboard");
    await until(
      () => person.opened,
      (urls) => urls.some((url) => url.endsWith("/mcp-server/edit/docs")),
    );
    await untilHeadline(NO_POLICY);
  });

  it("tells of the DNS permission by its name", async () => {
    await signIn([...READS]);
    await deleteRecord();
    await explain("tickets", NO_RECORD);
    create("dns");
    (await person.message(/^Create a DNS record/u)).press("Create");
    const refused = await person.message(/couldn't be created/u);
    equal(
      refused.text,
      "The DNS record couldn't be created. Your token lacks the permission “DNS Edit”.",
    );
    deepEqual(refused.buttons, ["Open DNS Records"]);
  });

  it("says what is half done, and goes on from there", async () => {
    await signInWithAll();
    await deleteApp("mcp", "Tickets");
    await explain("tickets", "Users don't see Tickets: it has no Access application.");
    await account.emulator.set({ faults: [refuse("/policies$")] });
    create("serverApp");
    await shareWithDomain();
    (await person.message(/^Create an Access application/u)).press("Create");
    const half = await person.message(/its policy wasn't/u);
    equal(
      half.text,
      "The Access application was created, its policy wasn't. Nobody gets in until it has one. Your token lacks the permission “Access: Apps and Policies Edit”.",
    );
    await untilHeadline("Users don't see Tickets: its Access application has no Allow policy.");
    await account.emulator.clearLog();
    create("serverApp");
    await shareWithDomain();
    (await person.message(/^Create a policy/u)).press("Create");
    await untilHeadline(WHOLE);
    deepEqual(await sent(), [["/accounts/*/access/apps/*/policies", Policy]]);
  });

  it("creates nothing twice where somebody else was faster", async () => {
    await signInWithAll();
    await explain("docs", NO_POLICY);
    create("serverApp");
    await shareWithDomain();
    const preview = await person.message(/^Create a policy/u);
    const apps = (await call("GET", inAccount("/access/apps"))) as readonly App[];
    const app = apps.find(({ type, name }) => type === "mcp" && name === "Docs");
    await call("POST", inAccount(`/access/apps/${app?.id}/policies`), { ...Policy, name: "Staff" });
    await account.emulator.clearLog();
    preview.press("Create");
    await untilHeadline(WHOLE);
    deepEqual(await sent(), []);
  });
});
