import { deepEqual, equal, rejects } from "node:assert/strict";
import { ApiError, type FailureKind } from "../../../src/domain/apiError.ts";
import { type Client, throughClient } from "../../../src/domain/cloudflareClient.ts";
import { LastingClient } from "../../../src/engine/reauthenticating.ts";
import type { Access } from "../../../src/engine/state.ts";

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

  it("has what failed wait where the credential is refused, and begin anew with the next", async () => {
    const lasting = over(failing(refusal("auth")));
    await rejects(lasting.client.deleteServer("a"));
    const again = lasting.renewal(refusal("auth"));
    lasting.replace(working);
    equal(await again, true);
    deepEqual(learned.at(-1), { refused: false });
  });

  it("has nobody wait for what another credential wouldn't help, or for one that is there", async () => {
    const lasting = over(working);
    equal(await lasting.renewal(refusal("conflict")), false);
    equal(await lasting.renewal(refusal("auth")), true);
  });

  it("goes on when the credential is taken again after all", async () => {
    let error: Error | undefined = refusal("auth");
    const lasting = over(
      throughClient((call) => (error === undefined ? call(working) : Promise.reject(error))),
    );
    await rejects(lasting.client.listServers());
    const again = lasting.renewal(refusal("auth"));
    error = undefined;
    await lasting.client.listServers();
    equal(await again, true);
  });

  it("ends its waits when the account is signed out", async () => {
    const lasting = over(failing(refusal("auth")));
    await rejects(lasting.client.listServers());
    const again = lasting.renewal(refusal("auth"));
    lasting.dispose();
    await rejects(again, { name: "AbortError" });
    equal(learned.length, 1);
  });
});
