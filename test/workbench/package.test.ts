import assert from "node:assert/strict";
import { stat } from "node:fs/promises";
import { VSIX } from "../harness/paths.ts";

const MOST_BYTES = 2_600_000;

describe("The packaged extension", () => {
  it(`is smaller than ${MOST_BYTES / 1_000_000} MB`, async () => {
    const { size } = await stat(VSIX);
    assert.ok(size > 100_000 && size < MOST_BYTES, `${size} bytes`);
  });
});
