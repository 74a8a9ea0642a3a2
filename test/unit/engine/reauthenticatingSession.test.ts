import { deepEqual, equal, rejects } from "node:assert/strict";
import { ApiError } from "../../../src/domain/apiError.ts";
import { type CloudflareClient, wrapClient } from "../../../src/domain/cloudflareClient.ts";
import { ReauthenticatingClient } from "../../../src/engine/reauthenticating.ts";
import type { Access } from "../../../src/engine/state.ts";

const unauthorised = new ApiError("refused", { kind: "auth", reason: "refused", status: 401 });

/** A client whose reads and writes end as is said last. */
class Answers {
  read: Error | undefined;
  write: Error | undefined;
  readonly api: CloudflareClient = wrapClient((call, writes) => {
    const error = writes ? this.write : this.read;
    return error === undefined ? call(working) : Promise.reject(error);
  });
}

const working: CloudflareClient = {
  ...wrapClient(() => Promise.reject(new Error("nobody asks"))),
  listServers: async () => ({ items: [], rejected: [] }),
  deleteServer: async () => undefined,
};

describe("what an account learns of its credential", () => {
  let learned: Partial<Access>[];
  let answers: Answers;
  let lasting: ReauthenticatingClient;
  beforeEach(() => {
    learned = [];
    answers = new Answers();
    lasting = new ReauthenticatingClient(answers.api, (change) => learned.push(change));
  });

  /** Whether somebody who waits for the credential has been let go on. */
  const waiting = (): { isOver: boolean } => {
    const wait = { isOver: false };
    void lasting.renewal(unauthorised).then(() => {
      wait.isOver = true;
    });
    return wait;
  };

  it("isn't that it may only read, where somebody in between has answered a write", async () => {
    answers.write = new ApiError("html", { kind: "forbidden", reason: "html", status: 403 });
    await rejects(lasting.client.deleteServer("a"));
    deepEqual(learned, []);
  });

  it("isn't that it is taken again, where a write was refused and a read isn't", async () => {
    answers.write = unauthorised;
    await rejects(lasting.client.deleteServer("a"));
    const wait = waiting();
    await lasting.client.listServers();
    await turn();
    equal(wait.isOver, false);
    deepEqual(learned, [{ refused: true }]);
  });

  it("isn't either where a read was refused besides", async () => {
    answers.read = unauthorised;
    answers.write = unauthorised;
    await rejects(lasting.client.deleteServer("a"));
    await rejects(lasting.client.listServers());
    answers.read = undefined;
    await lasting.client.listServers();
    deepEqual(learned.at(-1), { refused: true });
  });

  it("is that it is taken again, where a write comes through", async () => {
    answers.write = unauthorised;
    await rejects(lasting.client.deleteServer("a"));
    const wait = waiting();
    answers.write = undefined;
    await lasting.client.deleteServer("a");
    await turn();
    equal(wait.isOver, true);
    deepEqual(learned.at(-1), { refused: false });
  });
});

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
