import * as z from "zod";
import { adds, changes, destroys, type Offer, reads } from "./spec.ts";

const table = z.string().describe("Name of the table, with its schema");
const statement = z.string().describe("One SQL statement");

export const database: Offer = {
  title: "Warehouse",
  version: "0.9.12",
  tools: [
    {
      name: "run_query",
      description: "Runs a SELECT against the read replica and returns at most 1000 rows.",
      input: z.object({ sql: statement, timeout_seconds: z.number().int().max(60).default(10) }),
      output: {
        schema: z.object({ columns: z.array(z.string()), rows: z.array(z.array(z.unknown())) }),
        sample: { columns: ["id"], rows: [[1]] },
      },
      hints: reads,
    },
    {
      name: "explain_query",
      description: "Shows the plan of a statement without running it.",
      input: z.object({ sql: statement }),
      hints: reads,
    },
    {
      name: "list_tables",
      description: "Lists tables and views with their size.",
      input: z.object({ schema: z.string().optional() }),
      hints: reads,
    },
    {
      name: "describe_table",
      description: "Describes the columns, keys and indexes of a table.",
      input: z.object({ table }),
      hints: reads,
    },
    {
      name: "insert_rows",
      description: "Inserts rows into a table. All of them, or none.",
      input: z.object({ table, rows: z.array(z.record(z.string(), z.unknown())).max(500) }),
      hints: adds,
    },
    {
      name: "run_migration",
      description: "Applies one pending migration.",
      input: z.object({ migration: z.string(), dry_run: z.boolean().default(true) }),
      hints: changes,
    },
    {
      name: "drop_table",
      description: "Drops a table and everything that depends on it.",
      input: z.object({ table, confirm: z.literal("drop") }),
      hints: destroys,
    },
  ],
};
