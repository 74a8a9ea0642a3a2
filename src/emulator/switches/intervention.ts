import * as z from "zod";
import { matchSchema } from "./match.ts";

/** A change that doesn't come from the client under test. */
export const writeSchema = z.strictObject({
  account: z.string().optional().describe("account id, the first one by default"),
  server: z.string().optional().describe("id of the server that is written, new or not"),
  portal: z.string().optional().describe("id of the portal that is written"),
  patch: z
    .record(z.string(), z.unknown())
    .optional()
    .describe("fields of the stored record, taken as they are"),
  delete: z.boolean().optional().describe("true: it is deleted instead"),
});
export type Write = Readonly<z.infer<typeof writeSchema>>;

export const interventionSchema = z.strictObject({
  match: matchSchema,
  when: z
    .enum(["before", "after"])
    .describe("before the request takes effect, or after its answer"),
  write: writeSchema,
});
export type Intervention = Readonly<z.infer<typeof interventionSchema>>;
