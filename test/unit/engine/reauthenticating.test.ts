import { deepEqual, equal, rejects } from "node:assert/strict";
import { ApiError, type FailureKind } from "../../../src/domain/apiError.ts";
import { type CloudflareClient, wrapClient } from "../../../src/domain/cloudflareClient.ts";
import { ReauthenticatingClient } from "../../../src/engine/reauthenticating.ts";
import type { Access } from "../../../src/engine/state.ts";

const refusal = (kind: FailureKind) => new ApiError("refused", { kind, reason: "refused" });

/** A client whose calls all fail with the same error. */
const failing = (error: Error): CloudflareClient => wrapClient(() => Promise.reject(error));
/** A client whose reads return nothing. */
const working: CloudflareClient = {
  ...failing(new Error("nobody asks")),
  listServers: async () => ({ items: [], rejected: [] }),
  deleteServer: async () => undefined,
};

describe("a reauthenticating client", () => {
  const learned: Partial<Access>[] = [];
  const over = (api: CloudflareClient) =>
    new ReauthenticatingClient({ api }, (change) => learned.push(change));
  beforeEach(() => {
    learned.length = 0;
  });

  it("learns from a refused write that the credential may read only", async () => {
    const reauthenticating = over(failing(refusal("forbidden")));
    await rejects(reauthenticating.client.deleteServer("a"));
    deepEqual(learned, [{ readOnly: true }]);
  });

  it("learns no such thing from a refused read or from a write that fails otherwise", async () => {
    await rejects(over(failing(refusal("forbidden"))).client.listServers());
    await rejects(over(failing(refusal("conflict"))).client.deleteServer("a"));
    deepEqual(learned, []);
  });

  it("lets calls wait while the credential is refused, and repeats them with the next one", async () => {
    const reauthenticating = over(failing(refusal("auth")));
    await rejects(reauthenticating.client.deleteServer("a"));
    const again = reauthenticating.renewal(refusal("auth"));
    reauthenticating.replace({ api: working });
    equal(await again, true);
    deepEqual(learned.at(-1), { refused: false });
  });

  it("sends nothing with a credential that is no longer the account's", async () => {
    let isCurrent = false;
    const { client } = new ReauthenticatingClient(
      { api: working, isCurrent: async () => isCurrent },
      (change) => learned.push(change),
    );
    await rejects(client.listServers(), { name: "AbortError" });
    isCurrent = true;
    deepEqual(await client.listServers(), { items: [], rejected: [] });
    deepEqual(learned, []);
  });

  it("lets no call wait where another credential wouldn't help or is there already", async () => {
    const reauthenticating = over(working);
    equal(await reauthenticating.renewal(refusal("conflict")), false);
    equal(await reauthenticating.renewal(refusal("auth")), true);
  });

  it("goes on when the credential is taken again after all", async () => {
    let error: Error | undefined = refusal("auth");
    const reauthenticating = over(
      wrapClient((call) => (error === undefined ? call(working) : Promise.reject(error))),
    );
    await rejects(reauthenticating.client.listServers());
    const again = reauthenticating.renewal(refusal("auth"));
    error = undefined;
    await reauthenticating.client.listServers();
    equal(await again, true);
  });

  it("ends its waits when the account is signed out", async () => {
    const reauthenticating = over(failing(refusal("auth")));
    await rejects(reauthenticating.client.listServers());
    const again = reauthenticating.renewal(refusal("auth"));
    reauthenticating.dispose();
    await rejects(again, { name: "AbortError" });
    equal(learned.length, 1);
  });
});

const unauthorised = new ApiError("refused", { kind: "auth", reason: "refused", status: 401 });

/** A client whose reads and writes end as set last. */
class Answers {
  read: Error | undefined;
  write: Error | undefined;
  readonly api: CloudflareClient = wrapClient((call, writes) => {
    const error = writes ? this.write : this.read;
    return error === undefined ? call(working) : Promise.reject(error);
  });
}

describe("what a reauthenticating client learns of its credential", () => {
  let learned: Partial<Access>[];
  let answers: Answers;
  let reauthenticating: ReauthenticatingClient;
  beforeEach(() => {
    learned = [];
    answers = new Answers();
    reauthenticating = new ReauthenticatingClient({ api: answers.api }, (change) =>
      learned.push(change),
    );
  });

  /** Tells whether a caller that waits for a credential may go on. */
  const waiting = (): { isOver: boolean } => {
    const wait = { isOver: false };
    void reauthenticating.renewal(unauthorised).then(() => {
      wait.isOver = true;
    });
    return wait;
  };

  it("isn't that it may only read, where somebody in between has answered a write", async () => {
    answers.write = new ApiError("html", { kind: "forbidden", reason: "html", status: 403 });
    await rejects(reauthenticating.client.deleteServer("a"));
    deepEqual(learned, []);
  });

  it("isn't that it may only read, where a write was refused for another reason", async () => {
    const message = "Cannot use the access token from location: 192.0.2.17";
    const problems = [{ code: 9109, message, field: undefined }];
    answers.write = new ApiError("403", { kind: "forbidden", reason: "refused", problems });
    await rejects(reauthenticating.client.deleteServer("a"));
    deepEqual(learned, []);
  });

  it("isn't that it is taken again, where a write was refused and a read isn't", async () => {
    answers.write = unauthorised;
    await rejects(reauthenticating.client.deleteServer("a"));
    const wait = waiting();
    await reauthenticating.client.listServers();
    await turn();
    equal(wait.isOver, false);
    deepEqual(learned, [{ refused: true }]);
  });

  it("isn't either where a read was refused besides", async () => {
    answers.read = unauthorised;
    answers.write = unauthorised;
    await rejects(reauthenticating.client.deleteServer("a"));
    await rejects(reauthenticating.client.listServers());
    answers.read = undefined;
    await reauthenticating.client.listServers();
    deepEqual(learned.at(-1), { refused: true });
  });

  it("is that it is taken again, where a write comes through", async () => {
    answers.write = unauthorised;
    await rejects(reauthenticating.client.deleteServer("a"));
    const wait = waiting();
    answers.write = undefined;
    await reauthenticating.client.deleteServer("a");
    await turn();
    equal(wait.isOver, true);
    deepEqual(learned.at(-1), { refused: false });
  });
});

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
