import * as z from "zod";

/** Which requests something happens to. Without any of it: every request. */
export const matchSchema = z.strictObject({
  method: z.string().optional().describe("GET, POST, PUT or DELETE"),
  path: z.string().optional().describe("regular expression on the path below the API root"),
  nth: z.number().int().positive().optional().describe("it begins with this match, 1 by default"),
  count: z
    .number()
    .int()
    .nonnegative()
    .optional()
    .describe("how many matches it happens to, 1 by default, 0 is every one"),
});
export type Match = Readonly<z.infer<typeof matchSchema>>;
