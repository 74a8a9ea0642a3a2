import { deepEqual, equal, rejects } from "node:assert/strict";
import type { Client } from "../../../src/model/client.ts";
import { ApiError, type FailureKind } from "../../../src/model/failure.ts";
import { throughClient } from "../../../src/model/throughClient.ts";
import { LastingClient } from "../../../src/store/lastingClient.ts";
import type { Access } from "../../../src/store/state.ts";

const refusal = (kind: FailureKind) => new ApiError("refused", { kind, reason: "refused" });

/** A client that answers everything with the same failure. */
const failing = (error: Error): Client => throughClient(() => Promise.reject(error));
/** One whose reads come back empty. */
const working: Client = {
  ...failing(new Error("nobody asks")),
  listServers: async () => ({ items: [], rejected: [] }),
  deleteServer: async () => undefined,
};

describe("a client over the lives of its credentials", () => {
  const learned: Partial<Access>[] = [];
  const over = (client: Client) => new LastingClient(client, (change) => learned.push(change));
  beforeEach(() => {
    learned.length = 0;
  });

  it("learns from a refused write that the credential may read only", async () => {
    const lasting = over(failing(refusal("forbidden")));
    await rejects(lasting.client.deleteServer("a"));
    deepEqual(learned, [{ readOnly: true }]);
  });

  it("learns nothing of the kind from a refused read, or from a write that fails otherwise", async () => {
    await rejects(over(failing(refusal("forbidden"))).client.listServers());
    await rejects(over(failing(refusal("conflict"))).client.deleteServer("a"));
    deepEqual(learned, []);
  });

  it("lets a read wait where the credential is refused, and go on with the next", async () => {
    const lasting = over(failing(refusal("auth")));
    const listed = lasting.patient.listServers();
    await rejects(lasting.client.listServers());
    lasting.replace(working);
    deepEqual(await listed, { items: [], rejected: [] });
    deepEqual(learned.at(-1), { refused: false });
  });

  it("lets a write wait and reject then, for it stands on an older read", async () => {
    const lasting = over(failing(refusal("auth")));
    const written = lasting.patient.deleteServer("a");
    lasting.replace(working);
    await rejects(written, { kind: "auth" });
  });

  it("goes on when the credential is taken again after all", async () => {
    let error: Error | undefined = refusal("auth");
    const lasting = over(
      throughClient((call) => (error === undefined ? call(working) : Promise.reject(error))),
    );
    const listed = lasting.patient.listServers();
    await rejects(lasting.client.listServers());
    error = undefined;
    await lasting.client.listServers();
    await listed;
  });

  it("ends its waits when the account is signed out", async () => {
    const lasting = over(failing(refusal("auth")));
    const listed = lasting.patient.listServers();
    lasting.dispose();
    await rejects(listed, { name: "AbortError" });
    equal(learned.length, 1);
  });
});
