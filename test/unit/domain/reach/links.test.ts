import { deepEqual, equal } from "node:assert/strict";
import { PORTAL_TARGET } from "../../../../src/domain/access/dns.ts";
import type { ProbeOutcome } from "../../../../src/domain/access/probe.ts";
import type {
  LinkId,
  LinkState,
  Missing,
  ReachAction,
  ReachFacts,
  ReachQuestion,
} from "../../../../src/domain/reach/chain.ts";
import { mapping, portal } from "../../support/portals.ts";
import { capability, server } from "../../support/servers.ts";
import {
  linkIn,
  OPEN_OAUTH,
  portalApp,
  RECORD,
  REPORTS,
  SEARCH,
  STAFF,
  serverApp,
  soundFacts,
} from "./support/reachFacts.ts";

interface Case {
  readonly title: string;
  readonly facts?: Partial<ReachFacts>;
  readonly question?: ReachQuestion;
  readonly state: LinkState;
  readonly says: string;
  readonly action?: ReachAction["kind"];
  readonly missing?: Missing["kind"];
}

const read = <T>(value: T) => ({ kind: "read", value }) as const;
const dns = (...records: readonly (typeof RECORD)[]) => ({
  dns: read({ zone: "example.com", records }),
});
const denied = (permission: string) => ({ kind: "denied", permission }) as const;
const probe = (outcome: ProbeOutcome) => ({ probe: outcome });
const apps = (...all: readonly ReturnType<typeof portalApp>[]) => ({ apps: read(all) });
const docs = (changes: Parameters<typeof server>[0]) => {
  const known = server(changes);
  return { serverOf: () => known };
};
const inPortal = (changes: Parameters<typeof mapping>[1]) => ({
  portal: portal({ mappings: [mapping("docs", { onBehalf: false, ...changes })] }),
});

const CASES: Readonly<Record<LinkId, readonly Case[]>> = {
  dns: [
    {
      title: "the right record",
      state: "holds",
      says: `mcp.example.com is a proxied CNAME to ${PORTAL_TARGET}.`,
      action: "probe",
    },
    {
      title: "a target with its dot",
      facts: dns({ ...RECORD, content: `${PORTAL_TARGET}.` }),
      state: "holds",
      says: `mcp.example.com is a proxied CNAME to ${PORTAL_TARGET}.`,
      action: "probe",
    },
    {
      title: "no record",
      facts: dns(),
      state: "broken",
      says: `Users can't reach Main: mcp.example.com has no DNS record. It needs a proxied CNAME to ${PORTAL_TARGET}.`,
      action: "openDns",
      missing: "dnsRecord",
    },
    {
      title: "another target",
      facts: dns({ ...RECORD, content: "shop.example.com" }),
      state: "broken",
      says: `Users can't reach Main: mcp.example.com is a CNAME record of shop.example.com, not a CNAME to ${PORTAL_TARGET}.`,
      action: "openDns",
    },
    {
      title: "an address",
      facts: dns({ ...RECORD, type: "A", content: "192.0.2.1" }),
      state: "broken",
      says: `Users can't reach Main: mcp.example.com is a A record of 192.0.2.1, not a CNAME to ${PORTAL_TARGET}.`,
      action: "openDns",
    },
    {
      title: "a text record beside it",
      facts: dns({ ...RECORD, type: "TXT", content: "v=1" }, RECORD),
      state: "holds",
      says: `mcp.example.com is a proxied CNAME to ${PORTAL_TARGET}.`,
      action: "probe",
    },
    {
      title: "a record that isn't proxied",
      facts: dns({ ...RECORD, proxied: false }),
      state: "broken",
      says: "Users can't reach Main: the DNS record of mcp.example.com isn't proxied.",
      action: "openDns",
    },
    {
      title: "no zone",
      facts: { dns: read({ zone: undefined, records: [] }) },
      state: "unknown",
      says: "Your token sees no zone of mcp.example.com: it lacks the permission “Zone Read”, or the zone is in another account.",
      action: "probe",
    },
    {
      title: "no permission",
      facts: { dns: denied("DNS Read") },
      state: "unknown",
      says: "Your token lacks the permission “DNS Read”.",
      action: "probe",
    },
    {
      title: "a failure",
      facts: { dns: { kind: "failed", why: "Cloudflare is down." } },
      state: "unknown",
      says: "Cloudflare is down.",
      action: "probe",
    },
    {
      title: "a good probe without permission",
      facts: { dns: denied("DNS Read"), ...probe({ kind: "portal" }) },
      state: "holds",
      says: "The endpoint answers as a portal does.",
    },
    {
      title: "a good probe beside the record",
      facts: probe({ kind: "portal" }),
      state: "holds",
      says: "The endpoint answers as a portal does.",
    },
    {
      title: "522",
      facts: probe({ kind: "edge", code: 522 }),
      state: "broken",
      says: "Users can't reach Main: mcp.example.com answers with 522, as without the right DNS record.",
      action: "openPortals",
    },
    {
      title: "530",
      facts: probe({ kind: "edge", code: 530 }),
      state: "broken",
      says: "Users can't reach Main: mcp.example.com answers with 530, because it has no DNS record that leads on.",
      action: "openPortals",
    },
    {
      title: "1016",
      facts: probe({ kind: "edge", code: 1016 }),
      state: "broken",
      says: "Users can't reach Main: mcp.example.com answers with 1016, because it has no DNS record that leads on.",
      action: "openPortals",
    },
    {
      title: "1014",
      facts: probe({ kind: "edge", code: 1014 }),
      state: "broken",
      says: "Users can't reach Main: mcp.example.com answers with 1014, because its CNAME leads into another account.",
      action: "openPortals",
    },
    {
      title: "another code of the edge",
      facts: probe({ kind: "edge", code: 1033 }),
      state: "broken",
      says: "Users can't reach Main: mcp.example.com answers with Cloudflare's error 1033.",
      action: "openPortals",
    },
    {
      title: "a page",
      facts: probe({ kind: "html", status: 200 }),
      state: "broken",
      says: "Users can't reach Main: mcp.example.com answers with a web page (200) instead of asking to sign in.",
      action: "openPortals",
    },
    {
      title: "another status",
      facts: probe({ kind: "other", status: 404 }),
      state: "broken",
      says: "Users can't reach Main: mcp.example.com answers with 404 instead of asking to sign in.",
      action: "openPortals",
    },
    {
      title: "a sign-in without metadata",
      facts: probe({ kind: "noMetadata" }),
      state: "depends",
      says: "The endpoint asks for a credential and doesn't say where to sign in, so only service tokens get further.",
      action: "openPortals",
    },
    {
      title: "an unknown name",
      facts: probe({ kind: "offline", why: "dns" }),
      state: "broken",
      says: "Users can't reach Main: the name mcp.example.com can't be resolved.",
      action: "openPortals",
    },
    {
      title: "no answer",
      facts: probe({ kind: "offline", why: "network" }),
      state: "unknown",
      says: "From this machine nothing answers at mcp.example.com.",
      action: "probe",
    },
  ],
  portalApp: [
    {
      title: "a domain's policy",
      state: "depends",
      says: "Main app lets in whom its policies name: Staff.",
      action: "ask",
    },
    {
      title: "somebody of the domain",
      question: { email: "ann@example.com" },
      state: "holds",
      says: "Main app lets ann@example.com in.",
    },
    {
      title: "a stranger",
      question: { email: "bob@other.com" },
      state: "broken",
      says: "bob@other.com can't sign in to Main: no policy of its Access application lets them in.",
      action: "openPortals",
    },
    {
      title: "no application",
      facts: apps(serverApp()),
      state: "broken",
      says: "Users can't sign in to Main: there is no Access application for mcp.example.com.",
      action: "openPortals",
      missing: "portalApp",
    },
    {
      title: "no policy",
      facts: apps(portalApp({ policies: [] })),
      state: "broken",
      says: "Users can't sign in to Main: its Access application has no Allow policy.",
      action: "openPortals",
      missing: "policy",
    },
    {
      title: "Service Auth alone",
      facts: apps(portalApp({ policies: [REPORTS] })),
      state: "broken",
      says: "Users can't sign in to Main: its Access application has no Allow policy.",
      action: "openPortals",
      missing: "policy",
    },
    {
      title: "a policy that lets no user in",
      facts: apps(portalApp({ policies: [{ ...STAFF, include: [{ kind: "anyServiceToken" }] }] })),
      state: "broken",
      says: "Users can't sign in to Main: the policies of its Access application let no user in.",
      action: "openPortals",
    },
    {
      title: "everyone",
      facts: apps(portalApp({ policies: [{ ...STAFF, include: [{ kind: "everyone" }] }] })),
      state: "holds",
      says: "Main app lets everyone in.",
    },
    {
      title: "a group",
      facts: apps(
        portalApp({ policies: [{ ...STAFF, include: [{ kind: "other", name: "group" }] }] }),
      ),
      question: { email: "ann@example.com" },
      state: "depends",
      says: "Whether Main app lets ann@example.com in depends on more than the email. Ask which groups, sign-in and device they use: Staff.",
      action: "openPortals",
    },
    {
      title: "policies that weren't read",
      facts: apps(portalApp({ policies: undefined })),
      state: "unknown",
      says: "The policies of the Access application Main app couldn't be read.",
      action: "openPortals",
    },
    {
      title: "a token alone",
      question: { serviceToken: "t1" },
      state: "holds",
      says: "Main app is there. Whether it lets the token in is said under “Service token”.",
    },
    {
      title: "no permission",
      facts: { apps: denied("Access: Apps and Policies Read") },
      state: "unknown",
      says: "Your token lacks the permission “Access: Apps and Policies Read”.",
      action: "signIn",
    },
  ],
  redirectUri: [
    {
      title: "no client",
      state: "depends",
      says: "These redirect URIs may register: any on localhost, any on a loopback address, https://vscode.dev/redirect.",
      action: "ask",
    },
    {
      title: "VS Code by its page",
      facts: apps(portalApp({ oauth: { ...OPEN_OAUTH, anyLoopback: false } })),
      question: { client: "vscode" },
      state: "holds",
      says: "VS Code may register with https://vscode.dev/redirect.",
    },
    {
      title: "VS Code by its port",
      facts: apps(
        portalApp({
          oauth: { ...OPEN_OAUTH, anyLoopback: false, allowedUris: ["http://127.0.0.1:33418/"] },
        }),
      ),
      question: { client: "vscode" },
      state: "holds",
      says: "VS Code may register with http://127.0.0.1:33418.",
    },
    {
      title: "no VS Code",
      facts: apps(
        portalApp({
          oauth: {
            ...OPEN_OAUTH,
            anyLoopback: false,
            allowedUris: ["https://claude.ai/api/mcp/auth_callback"],
          },
        }),
      ),
      question: { client: "vscode" },
      state: "broken",
      says: "Users can't sign in to Main with VS Code: its Access application doesn't allow https://vscode.dev/redirect, https://insiders.vscode.dev/redirect, http://127.0.0.1:33418.",
      action: "openPortals",
    },
    {
      title: "Claude Code on localhost",
      question: { client: "claude-code" },
      state: "holds",
      says: "Claude Code may register with http://localhost:*/callback.",
    },
    {
      title: "no localhost",
      facts: apps(portalApp({ oauth: { ...OPEN_OAUTH, anyLocalhost: false } })),
      question: { client: "gemini" },
      state: "broken",
      says: "Users can't sign in to Main with Gemini: its Access application doesn't allow http://localhost:7777/oauth/callback.",
      action: "openPortals",
    },
    {
      title: "a wildcard",
      facts: apps(
        portalApp({
          oauth: {
            ...OPEN_OAUTH,
            anyLocalhost: false,
            allowedUris: ["cursor://anysphere.cursor-mcp/*"],
          },
        }),
      ),
      question: { client: "cursor" },
      state: "holds",
      says: "Cursor may register with cursor://anysphere.cursor-mcp/oauth/callback.",
    },
    {
      title: "a client whose URI isn't known",
      question: { client: "windsurf" },
      state: "depends",
      says: "It isn't known which redirect URI Windsurf uses. These may register: any on localhost, any on a loopback address, https://vscode.dev/redirect.",
    },
    {
      title: "no application",
      facts: apps(serverApp()),
      state: "unknown",
      says: "Without its Access application Main allows none.",
      action: "openPortals",
    },
    {
      title: "managed OAuth that is off",
      facts: apps(portalApp({ oauth: { ...OPEN_OAUTH, enabled: false } })),
      state: "broken",
      says: "Users can't sign in to Main: its Access application lets no client register.",
      action: "openPortals",
    },
    {
      title: "registration that is off",
      facts: apps(portalApp({ oauth: { ...OPEN_OAUTH, registers: false } })),
      state: "broken",
      says: "Users can't sign in to Main: its Access application lets no client register.",
      action: "openPortals",
    },
    {
      title: "nothing allowed",
      facts: apps(
        portalApp({
          oauth: { ...OPEN_OAUTH, anyLocalhost: false, anyLoopback: false, allowedUris: [] },
        }),
      ),
      question: { client: "vscode" },
      state: "broken",
      says: "Users can't sign in to Main: its Access application lets no client register.",
      action: "openPortals",
    },
    {
      title: "nothing told",
      facts: apps(portalApp({ oauth: undefined })),
      state: "unknown",
      says: "Cloudflare doesn't say which redirect URIs Main allows.",
      action: "openPortals",
    },
    {
      title: "a token alone",
      question: { serviceToken: "t1", client: "vscode" },
      state: "holds",
      says: "A service token needs no sign-in.",
    },
    {
      title: "no permission",
      facts: { apps: denied("Access: Apps and Policies Read") },
      state: "unknown",
      says: "Your token lacks the permission “Access: Apps and Policies Read”.",
      action: "signIn",
    },
  ],
  serverApp: [
    {
      title: "a domain's policy",
      state: "depends",
      says: "Docs app lets in whom its policies name: Staff.",
      action: "ask",
    },
    {
      title: "somebody of the domain",
      question: { email: "ann@example.com" },
      state: "holds",
      says: "Docs app lets ann@example.com in.",
    },
    {
      title: "a stranger",
      question: { email: "bob@other.com" },
      state: "broken",
      says: "bob@other.com doesn't see Docs: no policy of its Access application lets them in.",
      action: "openServer",
    },
    {
      title: "no application",
      facts: apps(portalApp(), serverApp({ serverIds: ["other"] })),
      state: "broken",
      says: "Users don't see Docs: it has no Access application.",
      action: "openServer",
      missing: "serverApp",
    },
    {
      title: "no policy",
      facts: apps(portalApp(), serverApp({ policies: [] })),
      state: "broken",
      says: "Users don't see Docs: its Access application has no Allow policy.",
      action: "openServer",
      missing: "policy",
    },
    {
      title: "a policy that lets no user in",
      facts: apps(portalApp(), serverApp({ policies: [{ ...STAFF, include: [] }] })),
      state: "broken",
      says: "Users don't see Docs: the policies of its Access application let no user in.",
      action: "openServer",
    },
    {
      title: "a portal without servers",
      facts: { portal: portal() },
      state: "holds",
      says: "Main has no servers yet.",
    },
    {
      title: "no permission",
      facts: { apps: denied("Access: Apps and Policies Read") },
      state: "unknown",
      says: "Your token lacks the permission “Access: Apps and Policies Read”.",
      action: "signIn",
    },
  ],
  status: [
    { title: "ready", state: "holds", says: "Docs is ready." },
    {
      title: "an error",
      facts: docs({ status: "error" }),
      state: "broken",
      says: "Users don't see Docs: its status is “Error”.",
      action: "sync",
    },
    {
      title: "a sync that is required",
      facts: docs({ status: "stale" }),
      state: "broken",
      says: "Users don't see Docs: its status is “Sync required”.",
      action: "sync",
    },
    {
      title: "a server that was never synced",
      facts: docs({ status: "waiting" }),
      state: "broken",
      says: "Users don't see Docs: its status is “Never synced”.",
      action: "sync",
    },
    {
      title: "an administrator who has to sign in",
      facts: docs({ status: "waiting", authType: "oauth" }),
      state: "broken",
      says: "Users don't see Docs: its status is “Waiting for authentication”.",
      action: "openServer",
    },
    {
      title: "a new status",
      facts: docs({ status: "paused" }),
      state: "unknown",
      says: "It isn't known whether users see Docs with the status “paused”.",
    },
    {
      title: "a server that isn't known",
      facts: { serverOf: () => undefined },
      question: { serverId: "gone" },
      state: "unknown",
      says: "Nothing is known of the server gone.",
    },
  ],
  mapped: [
    { title: "a portal with a server", state: "holds", says: "Main has 1 server." },
    {
      title: "a server of it",
      question: { serverId: "docs" },
      state: "holds",
      says: "Docs is in Main.",
    },
    {
      title: "another server",
      facts: { serverOf: () => server({ id: "crm", name: "CRM" }) },
      question: { serverId: "crm" },
      state: "broken",
      says: "Users don't see CRM: it isn't in Main.",
      action: "attach",
    },
    {
      title: "no servers",
      facts: { portal: portal() },
      state: "broken",
      says: "Users see nothing in Main: it has no servers.",
      action: "attach",
    },
  ],
  toolOn: [
    { title: "everything on", state: "holds", says: "All of Docs is on." },
    {
      title: "some off",
      facts: inPortal({ toolOverrides: [{ name: "search", enabled: false }] }),
      state: "holds",
      says: "2 of 3 of Docs are on.",
    },
    {
      title: "all off",
      facts: inPortal({ defaultDisabled: true }),
      state: "broken",
      says: "Users see nothing of Docs: all of its tools are off here.",
      action: "selectTools",
    },
    {
      title: "no tools",
      facts: docs({ tools: [], prompts: [] }),
      state: "broken",
      says: "Users see nothing of Docs: it has no tools as last synced.",
      action: "sync",
    },
    {
      title: "a tool that is on",
      question: { serverId: "docs", tool: SEARCH },
      state: "holds",
      says: "docs_search is on.",
    },
    {
      title: "a tool with an alias",
      facts: inPortal({ toolOverrides: [{ name: "search", alias: "find" }] }),
      question: { serverId: "docs", tool: SEARCH },
      state: "holds",
      says: "docs_find is on.",
    },
    {
      title: "a tool that the portal has off",
      facts: inPortal({ toolOverrides: [{ name: "search", enabled: false }] }),
      question: { serverId: "docs", tool: SEARCH },
      state: "broken",
      says: "Users don't see docs_search: it is off in Main.",
      action: "enable",
    },
    {
      title: "a new tool that is kept off",
      facts: inPortal({ defaultDisabled: true }),
      question: { serverId: "docs", tool: SEARCH },
      state: "broken",
      says: "Users don't see docs_search: Main keeps new tools off.",
      action: "enable",
    },
    {
      title: "a tool that the server has off",
      facts: docs({ toolOverrides: [{ name: "search", enabled: false }] }),
      question: { serverId: "docs", tool: SEARCH },
      state: "broken",
      says: "Users don't see docs_search: it is off on Docs.",
      action: "enableOnServer",
    },
    {
      title: "a tool that is gone",
      question: { serverId: "docs", tool: { kind: "tool", name: "export" } },
      state: "broken",
      says: "Users don't see docs_export: Docs doesn't have it as last synced.",
      action: "sync",
    },
    {
      title: "a prompt of a tool's name",
      question: { serverId: "docs", tool: { kind: "prompt", name: "search" } },
      state: "broken",
      says: "Users don't see docs_search: Docs doesn't have it as last synced.",
      action: "sync",
    },
    {
      title: "a server that isn't there",
      question: { serverId: "crm", tool: SEARCH },
      state: "unknown",
      says: "What is on of crm isn't known.",
    },
  ],
  serviceToken: [
    {
      title: "nobody's question",
      state: "depends",
      says: "Nobody asked about a service token.",
      action: "ask",
    },
    {
      title: "nobody's question with user auth",
      facts: inPortal({ onBehalf: true }),
      state: "depends",
      says: "Service tokens don't see Docs, because of user auth.",
      action: "ask",
    },
    {
      title: "a token of the policies",
      question: { serviceToken: "t1" },
      state: "holds",
      says: "Main lets the token in.",
    },
    {
      title: "another token",
      question: { serviceToken: "t2" },
      state: "broken",
      says: "The service token doesn't get into Main: no Service Auth policy of its Access application names it.",
      action: "openPortals",
    },
    {
      title: "a token that the server's policies don't name",
      facts: apps(portalApp(), serverApp({ policies: [STAFF] })),
      question: { serviceToken: "t1" },
      state: "broken",
      says: "The service token doesn't get into Docs: no Service Auth policy of its Access application names it.",
      action: "openServer",
    },
    {
      title: "user auth",
      facts: inPortal({ onBehalf: true }),
      question: { serviceToken: "t1" },
      state: "broken",
      says: "A service token doesn't see Docs: it requires user auth.",
      action: "useAdminCredential",
    },
    {
      title: "a condition",
      facts: apps(
        portalApp({ policies: [{ ...REPORTS, require: [{ kind: "other", name: "ip" }] }] }),
        serverApp(),
      ),
      question: { serviceToken: "t1" },
      state: "depends",
      says: "Whether Main lets the token in depends on conditions that can't be looked at here.",
      action: "openPortals",
    },
    {
      title: "no application to ask",
      facts: apps(),
      question: { serviceToken: "t1" },
      state: "unknown",
      says: "There is no Access application whose policies could name the token.",
    },
    {
      title: "a client id",
      question: { serviceToken: "abc.access" },
      state: "depends",
      says: "abc.access is a client id. Policies name a token by its id.",
      action: "ask",
    },
    {
      title: "no permission",
      facts: { apps: denied("Access: Apps and Policies Read") },
      question: { serviceToken: "t1" },
      state: "unknown",
      says: "Your token lacks the permission “Access: Apps and Policies Read”.",
      action: "signIn",
    },
  ],
  session: [
    {
      title: "any session",
      state: "depends",
      says: "A client that connected before a change has the old names. Ask them to reconnect.",
    },
    {
      title: "VS Code's own that began before a change",
      facts: { session: { startedAt: 1, changedAt: 2 } },
      question: { client: "vscode" },
      state: "broken",
      says: "VS Code connected to Main before names or descriptions changed. Restart the server there.",
      action: "listMcpServers",
    },
    {
      title: "VS Code's own that began after the last change",
      facts: { session: { startedAt: 2, changedAt: 1 } },
      question: { client: "vscode" },
      state: "holds",
      says: "VS Code connected to Main after names and descriptions changed last.",
    },
    {
      title: "VS Code's own, asked for another client",
      facts: { session: { startedAt: 1, changedAt: 2 } },
      question: { client: "cursor" },
      state: "depends",
      says: "A client that connected before a change has the old names. Ask them to reconnect.",
    },
  ],
  client: [
    {
      title: "no client",
      state: "depends",
      says: "Ask which client they use: some leave tools out or alter them.",
      action: "ask",
    },
    {
      title: "a client that takes all",
      question: { client: "claude-code" },
      state: "holds",
      says: "Claude Code takes it as it is.",
    },
    {
      title: "a name that the client doesn't take",
      facts: docs({ tools: [capability("tool", "x".repeat(130))] }),
      question: { client: "claude-code", serverId: "docs" },
      state: "broken",
      says: `Users of Claude Code don't see docs_${"x".repeat(130)}. With the client's prefix the name docs_${"x".repeat(130)} is too long.`,
      action: "showClients",
    },
    {
      title: "a tool beside the one that is lost",
      facts: docs({ tools: [capability("tool", "search"), capability("tool", "x".repeat(130))] }),
      question: { client: "claude-code", serverId: "docs", tool: SEARCH },
      state: "holds",
      says: "Claude Code takes it as it is.",
    },
    {
      title: "several that are lost",
      facts: docs({
        tools: [capability("tool", "x".repeat(130)), capability("tool", "y".repeat(130))],
      }),
      question: { client: "claude-code" },
      state: "broken",
      says: `Users of Claude Code don't see docs_${"x".repeat(130)} and 1 more: the client leaves them out.`,
      action: "showClients",
    },
    {
      title: "a list that is lost as a whole",
      facts: docs({ tools: [capability("tool", "x".repeat(80))] }),
      question: { client: "openai" },
      state: "broken",
      says: `Users of OpenAI API get nothing. The whole request is lost because of docs_${"x".repeat(80)}.`,
      action: "showClients",
    },
    {
      title: "nothing that is on",
      facts: inPortal({ defaultDisabled: true }),
      question: { client: "vscode" },
      state: "holds",
      says: "Nothing of it is on, so VS Code gets nothing.",
    },
  ],
};

for (const [id, cases] of Object.entries(CASES) as [LinkId, readonly Case[]][]) {
  describe(`The link ${id}`, () => {
    for (const { title, facts, question, state, says, action, missing } of cases) {
      it(`is ${state} with ${title}`, () => {
        const link = linkIn(id, soundFacts(facts), question);
        const [first] = link.found;
        equal(first?.sentence, says);
        deepEqual([link.state, first?.state, first?.action?.kind], [state, state, action]);
        equal(first?.missing?.kind, missing);
      });
    }
  });
}
