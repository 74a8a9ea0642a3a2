import { deepEqual, equal, match } from "node:assert/strict";
import { COMMANDS } from "../../../src/manifest.ts";
import { readToPage } from "../../../src/pages/reach/protocol.ts";
import type { PortalTarget } from "../../../src/target.ts";
import { AccessApps, deleteDnsRecord } from "../support/accessApps.ts";
import { pasteToken } from "../support/accounts.ts";
import { setUpSuite } from "../support/fixture.ts";
import { OpenedPages } from "../support/pages.ts";
import { run } from "../support/run.ts";
import { problems, until } from "../support/screen.ts";
import { addToken } from "../support/tokens.ts";

const NO_POLICY = "Users don't see Docs: its Access application has no Allow policy.";

/** The problems of portals that tell why users see nothing, without their places. */
function told(): readonly string[] {
  return problems().flatMap((line) => {
    const [, document, rest] =
      /^(\w+)\.mcp-portal\S* .*?((?:Error|Warning) reach\/.*)$/u.exec(line) ?? [];
    return document === undefined ? [] : [`${document}: ${rest}`];
  });
}

describe("Problems of what stands beside portals", () => {
  const { account } = setUpSuite({ freshEmulator: true });
  const pages = new OpenedPages();
  const apps = new AccessApps(() => account.emulator);
  beforeEach(() => pages.arrive());
  afterEach(() => pages.leave());

  const portal = (portalId: string): PortalTarget & { readonly kind: "portal" } => ({
    kind: "portal",
    accountId: account.emulator.accountId,
    portalId,
  });
  const mapping = (portalId: string, serverId: string): PortalTarget => ({
    ...portal(portalId),
    kind: "mapping",
    serverId,
  });
  const isTold = (rule: string, is = true) =>
    until(told, (lines) => lines.some((line) => line.includes(` ${rule}: `)) === is);
  /** What the page reads, Problems know too. */
  const look = (): void => pages.all.at(-1)?.speak({ type: "look" });

  it("tell the demo's server that nobody sees, and go once somebody looks again", async () => {
    const lines = await isTold("reach/no-policy");
    deepEqual(lines, [`engineering: Error reach/no-policy: ${NO_POLICY}`]);
    await run(
      COMMANDS.fixProblems,
      mapping("engineering", "docs"),
      undefined,
      "Why Can't They See It?",
    );
    const page = await until(
      () => readToPage(pages.all.at(-1)?.posted.at(-1)),
      (message) => message?.type === "chain" && message.headline === NO_POLICY,
    );
    equal(page?.type === "chain" && page.heading, "Why can't they see Docs in Engineering?");
    await apps.allow("Docs");
    look();
    await isTold("reach/no-policy", false);
    deepEqual(told(), []);
  });

  it("tell each link that is broken whoever the user is", async () => {
    await run(COMMANDS.explain, portal("support"));
    await until(
      () => readToPage(pages.all.at(-1)?.posted.at(-1)),
      (message) => message?.type === "chain" && !message.isLooking,
    );
    await account.emulator.write({ server: "shop", patch: { status: "stale" } });
    await run(COMMANDS.refresh);
    match((await isTold("reach/status-hides-server")).join("\n"), /support: .*Shop/u);

    const shop = await apps.of("mcp", "Shop");
    await apps.addPolicy(shop.id, "non_identity", { any_valid_service_token: {} });
    look();
    const [tokens] = (await isTold("reach/service-token-user-auth")).filter((line) =>
      line.includes("service-token"),
    );
    equal(
      tokens,
      "support: Warning reach/service-token-user-auth: Service tokens don't see Shop, although its Access application lets some in: it requires user auth.",
    );
    await run(
      COMMANDS.fixProblems,
      mapping("support", "shop"),
      undefined,
      "Use the Admin Credential",
    );
    await isTold("reach/service-token-user-auth", false);

    await apps.delete(shop);
    look();
    await isTold("reach/no-access-app");

    const app = await apps.of("mcp_portal", "Support");
    await apps.update(app, {
      oauth_configuration: {
        enabled: true,
        dynamic_client_registration: {
          enabled: true,
          allowed_uris: ["https://claude.ai/api/mcp/auth_callback"],
        },
      },
    });
    look();
    const redirects = (await isTold("reach/redirect-uri")).find((line) =>
      line.includes("redirect"),
    );
    match(redirects ?? "", /^support: Warning .* with VS Code, Claude Code, Cursor: /u);

    await deleteDnsRecord(account.emulator, "support-mcp.harborlane.example");
    look();
    await isTold("reach/no-dns");
  });

  it("are looked for again when somebody refreshes", async () => {
    await isTold("reach/no-policy");
    await apps.allow("Docs");
    await run(COMMANDS.refresh);
    await isTold("reach/no-policy", false);
  });
});

describe("Problems of what stands beside portals, without further permissions", () => {
  const { account, person } = setUpSuite({ freshEmulator: true, signedIn: false });

  it("tell what the servers say themselves, and nothing that wasn't looked at", async () => {
    await account.emulator.write({ server: "shop", patch: { status: "error" } });
    await pasteToken(person, await addToken(account.emulator));
    await run(COMMANDS.refresh);
    const lines = await until(told, (found) => found.length > 0);
    deepEqual(lines, [
      "support: Error reach/status-hides-server: Users don't see Shop: its status is “Error”.",
    ]);
  });
});
