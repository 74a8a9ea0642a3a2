import * as z from "zod";
import { matchSchema } from "./match.ts";

const applied = z
  .boolean()
  .optional()
  .describe("true: the request takes effect and only its answer is lost");

/** What the network does to a request or to its answer. */
export const faultSchema = z.discriminatedUnion("kind", [
  z
    .strictObject({ kind: z.literal("reset"), match: matchSchema, applied })
    .describe("the connection is reset without an answer"),
  z
    .strictObject({ kind: z.literal("hang"), match: matchSchema, applied })
    .describe("no answer ever comes"),
  z
    .strictObject({ kind: z.literal("cut"), match: matchSchema })
    .describe("the connection ends in the middle of the answer"),
  z
    .strictObject({ kind: z.literal("slow"), match: matchSchema, ms: z.number().nonnegative() })
    .describe("the answer comes `ms` later"),
  z
    .strictObject({
      kind: z.literal("html"),
      match: matchSchema,
      status: z.number().int().optional(),
      applied,
    })
    .describe("a proxy's page instead of an answer, status 200 unless told"),
  z
    .strictObject({
      kind: z.literal("status"),
      match: matchSchema,
      status: z.number().int().min(200).max(599),
      code: z.number().int().optional(),
      message: z.string().optional(),
      retryAfter: z.number().nonnegative().optional(),
      applied,
    })
    .describe("an error envelope with `status`, `code`, `message` and `retryAfter` in seconds"),
  z
    .strictObject({
      kind: z.literal("body"),
      match: matchSchema,
      status: z.number().int().optional(),
      body: z.string(),
      applied,
    })
    .describe("`body` as application/json, whatever it is; broken JSON, a wrong shape"),
  z
    .strictObject({ kind: z.literal("successFalse"), match: matchSchema, applied })
    .describe("status 200 with success false; nothing is changed unless `applied`"),
]);
export type Fault = Readonly<z.infer<typeof faultSchema>>;
