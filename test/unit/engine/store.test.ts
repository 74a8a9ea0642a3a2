import { deepEqual, equal } from "node:assert/strict";
import { RESOURCES } from "../../../src/domain/resources/kinds.ts";
import { newResource, withRemote } from "../../../src/domain/resources/resource.ts";
import { SERVER_FIELDS } from "../../../src/domain/servers/fields.ts";
import type { Difference } from "../../../src/engine/differences.ts";
import { serversOf, withAccess } from "../../../src/engine/state.ts";
import { type Derived, Store } from "../../../src/engine/store.ts";
import { server } from "../support/servers.ts";
import { uncaughtDuring } from "./support/uncaught.ts";

const ACCOUNT = { id: "0123456789abcdef0123456789abcdef", name: "Ours" };

function opened(): Store {
  const store = new Store(RESOURCES);
  store.addAccount(ACCOUNT);
  return store;
}

function put(store: Store, ...ids: readonly string[]): void {
  store.collection(ACCOUNT.id, "server").update((collection) => ({
    ...collection,
    items: new Map(ids.map((id) => [id, newResource(server({ id }))])),
    isConfirmed: true,
  }));
}

describe("What the store derives", () => {
  const derive = (store: Store): { count: Derived<number>; words: Derived<string> } => {
    const count = store.derive(0, (state) => serversOf(state, ACCOUNT.id).size);
    const words = store.derive("", () => `${count.value} servers`);
    return { count, words };
  };

  for (const order of ["before", "after"]) {
    it(`is up to date for a listener that was added ${order} it`, () => {
      const store = opened();
      const heard: string[] = [];
      let derived: ReturnType<typeof derive> | undefined;
      const listen = () => {
        store.onDidChange(() => heard.push(derived?.words.value ?? ""));
      };
      if (order === "before") {
        listen();
      }
      derived = derive(store);
      if (order === "after") {
        listen();
      }
      put(store, "docs");
      put(store, "docs", "wiki");
      deepEqual(heard, ["1 servers", "2 servers"]);
    });
  }

  it("is computed in the order in which its steps were added", () => {
    const store = opened();
    const { words } = derive(store);
    put(store, "docs");
    equal(words.value, "1 servers");
  });

  it("tells of another value once, after the state was told, and of the same value never", () => {
    const store = opened();
    const { count } = derive(store);
    const heard: string[] = [];
    count.onDidChange((before) => heard.push(`${before} -> ${count.value}`));
    store.onDidChange(() => heard.push("state"));
    put(store, "docs");
    put(store, "docs");
    deepEqual(heard, ["state", "0 -> 1", "state"]);
  });

  it("is computed again when something else than the state has changed", () => {
    const store = opened();
    let unit = "servers";
    const words = store.derive("", (state) => `${serversOf(state, ACCOUNT.id).size} ${unit}`);
    const heard: string[] = [];
    words.onDidChange(() => heard.push(words.value));
    unit = "machines";
    words.recompute();
    deepEqual(heard, ["0 machines"]);
  });

  it("isn't computed any more once it is disposed", () => {
    const store = opened();
    const { count } = derive(store);
    count.dispose();
    put(store, "docs");
    equal(count.value, 0);
  });

  it("keeps its last value where a step fails, and the state changes all the same", async () => {
    const store = opened();
    const broken = new Error("a step is broken");
    const count = store.derive(0, (state) => {
      if (serversOf(state, ACCOUNT.id).size > 1) {
        throw broken;
      }
      return serversOf(state, ACCOUNT.id).size;
    });
    put(store, "docs");
    const errors = await uncaughtDuring(async () => put(store, "docs", "wiki"));
    deepEqual(errors, [broken]);
    equal(count.value, 1);
    equal(serversOf(store.state, ACCOUNT.id).size, 2);
  });
});

describe("A change that a listener makes", () => {
  it("is told to everybody after the change that the listener heard of", () => {
    const store = opened();
    const heard: number[] = [];
    const size = () => serversOf(store.state, ACCOUNT.id).size;
    store.onDidChange(() => {
      if (size() === 1) {
        put(store, "docs", "wiki");
      }
    });
    store.onDidChange((state) => heard.push(serversOf(state, ACCOUNT.id).size));
    put(store, "docs");
    deepEqual(heard, [1, 2]);
  });
});

describe("A difference between two states", () => {
  let store: Store;
  let heard: Difference[];
  beforeEach(() => {
    store = opened();
    heard = [];
    store.onDidDiffer((difference) => heard.push(difference));
  });
  const kinds = () => heard.map(({ kind }) => kind);
  const learn = (access: { readonly refused?: boolean; readonly readOnly?: boolean }) =>
    store.updateAccount(ACCOUNT.id, (account) => withAccess(account, access));

  it("is told once when a credential is refused, and once when it is replaced", () => {
    learn({ refused: true });
    learn({ refused: true });
    put(store, "docs");
    learn({ refused: false });
    deepEqual(kinds(), ["credentialRefused", "credentialReplaced"]);
  });

  it("is told when an account goes whose credential was refused", () => {
    learn({ refused: true });
    store.removeAccount(ACCOUNT.id);
    deepEqual(kinds(), ["credentialRefused", "credentialReplaced"]);
  });

  it("is told when an account turns out to be read-only, and not when it is opened as one", () => {
    learn({ readOnly: true });
    learn({ readOnly: false });
    deepEqual(kinds(), ["readOnly"]);
  });

  it("is told of a server that stopped working, unless this window has found it out itself", () => {
    put(store, "docs", "wiki");
    const servers = store.collection(ACCOUNT.id, "server");
    const fail = (id: string, revisions: number) =>
      servers.updateItem(id, (known) => ({
        ...withRemote(SERVER_FIELDS, known, { ...known.remote, status: "error" }),
        revision: known.revision + revisions,
      }));
    fail("docs", 0);
    fail("wiki", 1);
    const resources = [{ accountId: ACCOUNT.id, kind: "server", id: "docs" }];
    deepEqual(heard, [{ kind: "stoppedWorking", account: ACCOUNT, resources }]);
  });
});
