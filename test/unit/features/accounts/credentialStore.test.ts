import { deepEqual, equal, rejects } from "node:assert/strict";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  CredentialStore,
  type Secrets,
  SecretsStore,
} from "../../../../src/features/accounts/credentialStore.ts";
import { SignInRegistry } from "../../../../src/features/accounts/signInRegistry.ts";
import { uncaughtDuring } from "../../engine/support/uncaught.ts";
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
    const { stored } = await windowOver(secrets).signIn(ACCOUNT, ROOT, OLD);
    const { generation } = stored;
    deepEqual(await windowOver(secrets).ids(), [ACCOUNT.id]);
    deepEqual(await windowOver(secrets).find(ACCOUNT.id), {
      kind: "signedIn",
      stored: { account: ACCOUNT, apiRoot: ROOT, credential: OLD, generation },
      readOnly: false,
    });
  });

  it("knows in every window that a credential isn't the account's any more", async () => {
    const secrets = desktopSecrets();
    const [one, other] = [windowOver(secrets), windowOver(secrets)];
    const { generation } = (await one.signIn(ACCOUNT, ROOT, OLD)).stored;
    equal(await other.isCurrent(ACCOUNT.id, generation), true);
    await one.signOut(ACCOUNT.id);
    equal(await other.isCurrent(ACCOUNT.id, generation), false);
    equal(await credentialIn(other), "signedOut");
    await one.signIn(ACCOUNT, ROOT, NEW);
    equal(await other.isCurrent(ACCOUNT.id, generation), false);
    deepEqual(await credentialIn(other), NEW);
  });

  it("keeps no secret beside the secret storage", async () => {
    const { stored } = await windowOver(desktopSecrets()).signIn(ACCOUNT, ROOT, OLD);
    deepEqual(JSON.parse(await readFile(join(folder, `${ACCOUNT.id}.json`), "utf8")), {
      generation: stored.generation,
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
    const { generation } = (await credentialStore.signIn(ACCOUNT, ROOT, OLD)).stored;
    await credentialStore.keepReadOnly(ACCOUNT.id, generation);
    equal(await readOnly(), true);
    await credentialStore.signIn(ACCOUNT, ROOT, NEW);
    equal(await readOnly(), false);
    await credentialStore.keepReadOnly(ACCOUNT.id, generation);
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

  const spoiling: readonly (readonly [string, (file: string) => Promise<unknown>])[] = [
    ["deleted", (file) => rm(file)],
    ["no JSON", (file) => writeFile(file, "{")],
    ["empty", (file) => writeFile(file, "")],
    ["of another shape", (file) => writeFile(file, '{"generation":"1","signedIn":true}')],
    ["a folder", (file) => rm(file).then(() => mkdir(file))],
  ];
  for (const [how, spoil] of spoiling) {
    const file = () => join(folder, `${ACCOUNT.id}.json`);

    it(`uses no credential without a record that can be read: ${how}`, async () => {
      const secrets = desktopSecrets();
      const credentialStore = windowOver(secrets);
      const { generation } = (await credentialStore.signIn(ACCOUNT, ROOT, OLD)).stored;
      await spoil(file());
      equal(await credentialStore.isCurrent(ACCOUNT.id, generation), false);
      equal(await credentialIn(windowOver(secrets)), "broken");
      deepEqual(await secrets.keys(), []);
    });

    it(`uses no credential that came back after the sign-out's record was lost: ${how}`, async () => {
      const browser = new BrowserSecrets();
      const { generation } = (await windowOver(browser.openTab()).signIn(ACCOUNT, ROOT, OLD))
        .stored;
      const [one, other] = [browser.openTab(), browser.openTab()];
      await windowOver(one).signOut(ACCOUNT.id);
      await spoil(file());
      equal(await windowOver(other).isCurrent(ACCOUNT.id, generation), false);
      equal(await credentialIn(windowOver(other)), "broken");
      equal(browser.text.includes("old-token"), false);
      await rm(file(), { recursive: true, force: true });
      await windowOver(one).signIn(ACCOUNT, ROOT, NEW);
      equal(await windowOver(other).isCurrent(ACCOUNT.id, generation), false);
    });
  }

  it("passes over names that somebody else has put beside the records", async () => {
    const register = new SignInRegistry(folder);
    const changed: string[] = [];
    const last = Promise.withResolvers<void>();
    await register.watch((id) => {
      changed.push(id);
      if (id === ACCOUNT.id) {
        last.resolve();
      }
    });
    const errors = await uncaughtDuring(async () => {
      for (const name of ["%zz.json", "%.json", "%E0%A4.json", "a b.json", "%61.json"]) {
        await writeFile(join(folder, name), "");
      }
      await windowOver(desktopSecrets()).signIn(ACCOUNT, ROOT, OLD);
      await last.promise;
    });
    deepEqual([errors, [...new Set(changed)]], [[], [ACCOUNT.id]]);
    register.dispose();
  });

  it("says of a sign-in that can't be kept what, where and what that means", async () => {
    const file = join(folder, `${ACCOUNT.id}.json`);
    await mkdir(file);
    await rejects(windowOver(desktopSecrets()).signIn(ACCOUNT, ROOT, OLD), {
      name: "StorageError",
      message: `Your sign-in couldn't be stored in ${file}: a folder is in the file's place. No window uses the credential without it.`,
    });
    deepEqual(await readdir(folder), [`${ACCOUNT.id}.json`]);
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
