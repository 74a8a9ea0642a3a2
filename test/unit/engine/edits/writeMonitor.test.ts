import { deepEqual } from "node:assert/strict";
import type { FieldChange } from "../../../../src/domain/changes/change.ts";
import type { WriteResult } from "../../../../src/domain/changes/writeResult.ts";
import { afterList, withWritten } from "../../../../src/domain/changes/writtenValues.ts";
import { RESOURCES } from "../../../../src/domain/resources/kinds.ts";
import { newResource, withRemote } from "../../../../src/domain/resources/resource.ts";
import { SERVER_FIELDS } from "../../../../src/domain/servers/fields.ts";
import type { Server } from "../../../../src/domain/servers/server.ts";
import type { Difference } from "../../../../src/engine/differences.ts";
import { WriteMonitor } from "../../../../src/engine/edits/writeMonitor.ts";
import { Store } from "../../../../src/engine/store.ts";
import { server } from "../../support/servers.ts";
import { keepingInMemory } from "../support/storage.ts";
import { accountId } from "../support/window.ts";

const HOUR = 3_600_000;

describe("the late outcome of a write", () => {
  let store: Store;
  let watch: WriteMonitor<Server>;
  let told: string[];
  let shared: ReturnType<typeof keepingInMemory>;
  let now: number;
  beforeEach(() => {
    now = HOUR;
    store = new Store(RESOURCES);
    store.addAccount({ id: accountId, name: "Account" });
    store.collection(accountId, "server").update((collection) => ({
      ...collection,
      items: new Map([["docs", newResource(server({ name: "Before" }))]]),
    }));
    shared = keepingInMemory();
    watch = new WriteMonitor({
      fields: SERVER_FIELDS,
      store: store.collection(accountId, "server"),
      storage: { ...shared("one"), now: () => now },
    });
    told = [];
    watch.onLateOutcome((lateOutcome) => {
      const changes =
        lateOutcome.kind === "overwritten"
          ? lateOutcome.fields.map(({ change }) => change)
          : lateOutcome.changes;
      told.push(`${lateOutcome.kind} ${changes.map(({ to }) => to).join(", ")}`);
    });
  });
  afterEach(() => watch.dispose());

  it("is that it has arrived, and not that somebody has overwritten what was saved before it", async () => {
    saved("A");
    lost("A", "B");
    await read("A");
    await read("B");
    deepEqual(told, ["arrived B"]);
  });

  it("is reported once for two tries with one value", async () => {
    lost("Before", "B");
    lost("Before", "B");
    await read("B");
    deepEqual(told, ["arrived B"]);
  });

  it("is reported for each value that was tried, whichever comes first", async () => {
    lost("Before", "B");
    lost("Before", "C");
    await read("C");
    await read("B");
    deepEqual(told, ["arrived C", "arrived B"]);
  });

  it("is that somebody has overwritten it, once it has arrived", async () => {
    saved("A");
    lost("A", "B");
    await read("B");
    await read("Theirs");
    deepEqual(told, ["arrived B", "overwritten B"]);
  });

  it("is that an earlier try has overwritten what was saved since", async () => {
    lost("Before", "B");
    saved("C");
    await read("B");
    deepEqual(told, ["overwritten C"]);
  });

  it("is reported for what was saved while a later try is missing", async () => {
    saved("A");
    lost("A", "B");
    await read("Theirs");
    await read("B");
    deepEqual(told, ["overwritten A", "arrived B"]);
  });

  it("doesn't include what somebody has changed days after it was looked at", async () => {
    saved("A");
    lost("A", "B");
    await read("A");
    now += 72 * HOUR;
    await read("Theirs");
    await read("B");
    deepEqual(told, []);
  });

  it("is reported however late, where nobody could look before", async () => {
    saved("A", { wasReadBack: false });
    now += 3 * HOUR;
    await read("Theirs");
    deepEqual(told, ["overwritten A"]);
  });

  it("is that it has removed a value beside its changes, and not that this was saved", async () => {
    maybeRemoved("Before", "Without");
    await read("Before");
    await read("Without");
    deepEqual(told, ["removed Without"]);
  });

  it("isn't told again of a value that a later write has removed and told", async () => {
    saved("A");
    maybeRemoved("A", "Without");
    settled({ saved: [], failure: undefined, lost: [change("A", "Without")] }, true, "Without");
    await read("Without");
    await read("Theirs");
    deepEqual(told, []);
  });

  it("isn't judged by what was read before it was written", async () => {
    lost("Before", "B", { wasReadBack: false });
    now += 3 * HOUR;
    await read("B");
    deepEqual(told, ["arrived B"]);
  });

  it("is judged by a list that has nothing new", async () => {
    lost("Before", "B", { wasReadBack: false });
    now += 1;
    listed(now);
    now += 3 * HOUR;
    await read("B");
    deepEqual(told, []);
  });

  it("isn't judged by a list that was asked for before", async () => {
    const asked = now;
    now += 1;
    lost("Before", "B", { wasReadBack: false });
    listed(asked);
    now += 3 * HOUR;
    await read("B");
    deepEqual(told, ["arrived B"]);
  });

  it("isn't about a server that was added again under the id of a deleted one", async () => {
    saved("A");
    store.collection(accountId, "server").update((collection) => ({
      ...collection,
      items: new Map([["docs", newResource(server({ name: "Theirs" }))]]),
    }));
    await read("Theirs too");
    deepEqual(told, []);
  });

  it("is a difference of two states, reported once after each change, even one that a listener made", async () => {
    const heard: Difference[] = [];
    store.onDidDiffer((difference) => heard.push(difference));
    saved("A");
    const servers = store.collection(accountId, "server");
    const put = (name: string) =>
      servers.updateItem("docs", (state) => withRemote(SERVER_FIELDS, state, server({ name })));
    const once = store.onDidChange(() => {
      once.dispose();
      put("A");
      put("Theirs as well");
    });
    put("Theirs");
    deepEqual(
      heard.map(({ kind }) => kind),
      ["overwritten"],
    );
    await read("A");
    await read("Theirs");
    deepEqual(
      heard.map(({ kind }) => kind),
      ["overwritten"],
    );
  });

  it("is reported when another window's write hadn't seen ours, but not when it replaced it on purpose", async () => {
    const { journal } = shared("other");
    const write = (id: string, from: string, to: string) =>
      journal.append([
        {
          kind: "write",
          id,
          action: id,
          window: "other",
          at: now + 1,
          ref: { kind: "server", accountId, id: "docs" },
          changes: [change(from, to)],
        },
      ]);
    saved("A");
    await write("blind", "Before", "B");
    await read("B");
    saved("C");
    await write("first", "C", "D");
    await write("second", "D", "E");
    await read("E");
    deepEqual(told, ["overwritten A"]);
  });

  function change(from: string, to: string): FieldChange {
    return { field: { of: undefined, key: "name" }, from, to };
  }

  function saved(to: string, { wasReadBack } = { wasReadBack: true }): void {
    settled({ saved: [change("Before", to)], failure: undefined }, wasReadBack, to);
  }

  function lost(from: string, to: string, { wasReadBack } = { wasReadBack: true }): void {
    const failure = { error: undefined, changes: [change(from, to)], status: "missing" } as const;
    settled({ saved: [], failure }, wasReadBack);
  }

  /** A write without an answer, which removes a value beside its changes if it arrives. */
  function maybeRemoved(from: string, to: string): void {
    settled({ saved: [], failure: undefined }, true, undefined, [change(from, to)]);
  }

  /** As the queue puts the result of a write into the state, with the value that came with it. */
  function settled(
    result: Pick<WriteResult, "saved" | "failure" | "lost">,
    wasReadBack: boolean,
    name?: string,
    maybeLost: readonly FieldChange[] = [],
  ): void {
    store.collection(accountId, "server").updateItem("docs", (resource) => {
      const remote = name === undefined ? resource.remote : server({ name });
      const next = withRemote(SERVER_FIELDS, resource, remote);
      const write = { maybeLost, at: now, reads: wasReadBack ? 1 : 0 };
      return { ...next, written: withWritten(SERVER_FIELDS, next.written, result, write) };
    });
  }

  /** A list that has nothing new. */
  function listed(askedAt: number): void {
    store.collection(accountId, "server").updateItem("docs", (resource) => ({
      ...resource,
      written: afterList(SERVER_FIELDS, resource.written, resource.remote, { askedAt, now }),
    }));
  }

  /** A report waits for the writes of other windows. */
  async function read(name: string): Promise<void> {
    const remote: Server = server({ name });
    store
      .collection(accountId, "server")
      .updateItem("docs", (state) => withRemote(SERVER_FIELDS, state, remote));
    await new Promise((resolve) => setImmediate(resolve));
  }
});
