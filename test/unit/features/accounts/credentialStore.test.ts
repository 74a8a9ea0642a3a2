import { deepEqual, equal } from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  CredentialStore,
  type Secrets,
  SecretsStore,
  SignInRegistry,
} from "../../../../src/features/accounts/credentialStore.ts";
import { BrowserSecrets, desktopSecrets } from "./support/secretStores.ts";

const ACCOUNT = { id: "0123456789abcdef0123456789abcdef", name: "Harborlane" };
const ROOT = "https://api.cloudflare.com/client/v4";
const OLD = { kind: "token", token: "old-token" } as const;
const NEW = { kind: "token", token: "new-token" } as const;

describe("keeping accounts over windows", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "mcp-portals-register-"));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const windowOver = (secrets: Secrets) =>
    new CredentialStore(new SecretsStore(secrets), new SignInRegistry(folder));
  const credentialIn = async (credentialStore: CredentialStore) => {
    const found = await credentialStore.find(ACCOUNT.id);
    return found.kind === "signedIn" ? found.stored.credential : found.kind;
  };

  it("finds what was kept, in this window and the next", async () => {
    const secrets = desktopSecrets();
    await windowOver(secrets).signIn(ACCOUNT, ROOT, OLD);
    deepEqual(await windowOver(secrets).ids(), [ACCOUNT.id]);
    deepEqual(await windowOver(secrets).find(ACCOUNT.id), {
      kind: "signedIn",
      stored: { account: ACCOUNT, apiRoot: ROOT, credential: OLD, generation: 1 },
      readOnly: false,
    });
  });

  it("knows in every window that a credential isn't the account's any more", async () => {
    const secrets = desktopSecrets();
    const [one, other] = [windowOver(secrets), windowOver(secrets)];
    await one.signIn(ACCOUNT, ROOT, OLD);
    equal(await other.isCurrent(ACCOUNT.id, 1), true);
    await one.signOut(ACCOUNT.id);
    equal(await other.isCurrent(ACCOUNT.id, 1), false);
    equal(await credentialIn(other), "signedOut");
    await one.signIn(ACCOUNT, ROOT, NEW);
    equal(await other.isCurrent(ACCOUNT.id, 1), false);
    deepEqual(await credentialIn(other), NEW);
  });

  it("keeps no secret beside the secret storage", async () => {
    await windowOver(desktopSecrets()).signIn(ACCOUNT, ROOT, OLD);
    deepEqual(JSON.parse(await readFile(join(folder, `${ACCOUNT.id}.json`), "utf8")), {
      generation: 1,
      signedIn: true,
      readOnly: false,
    });
  });

  it("remembers that a credential may read only until there is another", async () => {
    const credentialStore = windowOver(desktopSecrets());
    const readOnly = async () => {
      const found = await credentialStore.find(ACCOUNT.id);
      return found.kind === "signedIn" && found.readOnly;
    };
    await credentialStore.signIn(ACCOUNT, ROOT, OLD);
    await credentialStore.keepReadOnly(ACCOUNT.id, 1);
    equal(await readOnly(), true);
    await credentialStore.signIn(ACCOUNT, ROOT, NEW);
    equal(await readOnly(), false);
    await credentialStore.keepReadOnly(ACCOUNT.id, 1);
    equal(await readOnly(), false);
  });

  describe("in the browser, where each tab has its own copy of the secrets", () => {
    it("a tab deletes its copy of what another has signed out of", async () => {
      const browser = new BrowserSecrets();
      await windowOver(browser.openTab()).signIn(ACCOUNT, ROOT, OLD);
      const [one, other] = [browser.openTab(), browser.openTab()];
      await windowOver(one).signOut(ACCOUNT.id);
      await other.store("another extension's", "value");
      equal(browser.text.includes("old-token"), true);
      equal(await credentialIn(windowOver(other)), "signedOut");
      equal(browser.text.includes("old-token"), false);
    });

    it("a secret that came back after the sign-out isn't used by the next window", async () => {
      const browser = new BrowserSecrets();
      await windowOver(browser.openTab()).signIn(ACCOUNT, ROOT, OLD);
      const [one, other] = [browser.openTab(), browser.openTab()];
      await windowOver(one).signOut(ACCOUNT.id);
      await other.store("another extension's", "value");
      const next = windowOver(browser.openTab());
      equal(await credentialIn(next), "signedOut");
      equal(browser.text.includes("old-token"), false);
    });

    it("a tab neither uses an outdated credential nor writes it over the newer one", async () => {
      const browser = new BrowserSecrets();
      await windowOver(browser.openTab()).signIn(ACCOUNT, ROOT, OLD);
      const [one, other] = [browser.openTab(), browser.openTab()];
      await windowOver(one).signIn(ACCOUNT, ROOT, NEW);
      equal(await credentialIn(windowOver(other)), "newerElsewhere");
      deepEqual(await credentialIn(windowOver(browser.openTab())), NEW);
    });
  });

  for (const [what, text] of [
    ["no JSON", "{"],
    ["another shape", '{"account":{"id":1}}'],
    [
      "another account's",
      JSON.stringify({
        account: { ...ACCOUNT, id: "b" },
        apiRoot: ROOT,
        credential: OLD,
        generation: 1,
      }),
    ],
    ["without a generation", JSON.stringify({ account: ACCOUNT, apiRoot: ROOT, credential: OLD })],
    [
      "with a credential of no kind",
      JSON.stringify({ account: ACCOUNT, apiRoot: ROOT, credential: {}, generation: 1 }),
    ],
  ] as const) {
    it(`removes a broken entry and tells of it once: ${what}`, async () => {
      const secrets = desktopSecrets();
      await secrets.store(`mcpPortals.account.${ACCOUNT.id}`, text);
      await secrets.store("another extension's", "value");
      const credentialStore = windowOver(secrets);
      equal(await credentialIn(credentialStore), "broken");
      equal(await credentialIn(credentialStore), "signedOut");
      deepEqual(await secrets.keys(), ["another extension's"]);
    });
  }

  it("takes a broken register for none", async () => {
    const credentialStore = windowOver(desktopSecrets());
    await credentialStore.signIn(ACCOUNT, ROOT, OLD);
    await writeFile(join(folder, `${ACCOUNT.id}.json`), "{");
    deepEqual(await credentialIn(credentialStore), OLD);
  });

  it("tells of each change by another window", async () => {
    const register = new SignInRegistry(folder);
    const changed = Promise.withResolvers<string>();
    await register.watch(changed.resolve);
    await windowOver(desktopSecrets()).signIn(ACCOUNT, ROOT, OLD);
    equal(await changed.promise, ACCOUNT.id);
    register.dispose();
  });
});
