import assert from "node:assert/strict";
import { describeFailure } from "../../../src/domain/diagnosis/apiErrors.ts";
import { type Fault, lastingFaults, passingFaults } from "./support/faults.ts";
import { heldOpen } from "./support/handles.ts";
import { account, failure, setUp, token } from "./support/setUp.ts";

describe("faults of a read", () => {
  for (const fault of [...passingFaults, ...lastingFaults]) {
    it(fault.name, () => check(fault));
  }
});

async function check(fault: Fault): Promise<void> {
  const before = await heldOpen();
  const log: object[] = [];
  const the = await setUp(fault.respond, {
    log: (line) => log.push(line),
    ...(fault.deadlines === undefined ? {} : { deadlines: fault.deadlines }),
  });
  const error = await failure(the.api.readServer("docs"));
  assert.deepEqual(
    { kind: error.kind, reason: error.reason, status: error.status },
    { kind: fault.kind, reason: fault.reason, status: fault.status },
  );
  assert.match(describeFailure(error), fault.sentence);
  assert.equal(the.server.requests.length, fault.requests);
  assert.match(error.message, new RegExp(`^GET /accounts/${account}/`));
  assert.ok(!JSON.stringify([log, error.message]).includes(token));
  await the.close();
  assert.deepEqual(await heldOpen(), before);
}
