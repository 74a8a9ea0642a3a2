import type { Behaviours } from "../switches/behaviours.ts";
import { invalid, plainError, Refusal } from "../wire/answers.ts";

/** The real answer to an id that exists is unknown; each of these is what the framework would do. */
export function duplicate(behaviours: Behaviours, noun: "server" | "portal"): Refusal {
  switch (behaviours.duplicateId) {
    case "409":
      return new Refusal(plainError(409, { code: 7006, message: "Conflict" }));
    case "500": {
      const message = `D1_ERROR: UNIQUE constraint failed: ${noun}s.id: SQLITE_CONSTRAINT`;
      return new Refusal(plainError(500, { code: 7000, message }));
    }
    default:
      return invalid(`A ${noun} with this id already exists`, ["body", "id"]);
  }
}
