import { equal } from "node:assert/strict";
import { nearest } from "../../../../src/domain/documents/fixes.ts";

const KNOWN = ["search_tickets", "create_ticket", "delete_ticket", "enabled", "alias"];

describe("the closest known word", () => {
  for (const [typed, meant] of [
    ["creat_ticket", "create_ticket"],
    ["createTicket", "create_ticket"],
    ["serach_tickets", "search_tickets"],
    ["Enabled", "enabled"],
    ["alais", "alias"],
    ["nowhere", undefined],
    ["x", undefined],
    ["", undefined],
    ["a".repeat(100_000), undefined],
  ] as const) {
    it(`to "${typed.slice(0, 20)}" is ${meant ?? "none of these"}`, () =>
      equal(nearest(typed, KNOWN), meant));
  }
});
