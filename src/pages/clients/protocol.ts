/**
 * What the page of clients and the extension say to each other. Both sides read by these schemas,
 * which use what the schemas of every window use, because valibot comes with activation.
 */

import * as v from "valibot";
import { reader } from "../shared/reader.ts";

/**
 * What becomes of a tool in a client, the worst first. `someModels`: only some models get it
 * altered. `intact`: it arrives as it is.
 */
export const FATES = ["refused", "dropped", "altered", "someModels", "deferred", "intact"] as const;
export type Fate = (typeof FATES)[number];

/** An index into `FATES`; thousands of rows have seven each. */
const fateIndex = v.number();

const row = v.object({
  /** Identifies the tool or prompt in this table. */
  id: v.string(),
  kind: v.picklist(["tool", "prompt"]),
  /** The exposed name. */
  name: v.string(),
  /** The server's name; empty in the table of one server. */
  server: v.string(),
  /** One for each client, in the order of the clients. */
  fates: v.array(fateIndex),
});
export type TableRow = v.InferOutput<typeof row>;

const table = v.object({
  type: v.literal("table"),
  /** The name of the portal or server. */
  name: v.string(),
  clients: v.array(v.object({ id: v.string(), name: v.string() })),
  /** What happens to each client's list as a whole. */
  lists: v.array(fateIndex),
  rows: v.array(row),
  /** What holds for all clients, as a sentence; empty where there is nothing to say. */
  note: v.string(),
  /** How many tools and prompts are off, and so in no client's list. */
  off: v.number(),
});
export type ClientsTable = v.InferOutput<typeof table>;

/** A cell of the table; without a row it is about the whole list. */
const cell = v.object({ row: v.optional(v.string()), client: v.string() });
export type CellAddress = v.InferOutput<typeof cell>;

const reason = v.object({
  fate: fateIndex,
  what: v.string(),
  why: v.string(),
  /** The JSON pointer into the definition; empty where it is about the list. */
  pointer: v.string(),
  source: v.string(),
  since: v.string(),
  /** The models for which alone it holds; empty for all. */
  models: v.string(),
});
export type CellReason = v.InferOutput<typeof reason>;

const details = v.object({
  type: v.literal("details"),
  cell,
  title: v.string(),
  fate: fateIndex,
  /** The name that the client uses; empty where the cell is about the list. */
  name: v.string(),
  /** What it costs in each request, as a sentence; empty for what costs nothing. */
  cost: v.string(),
  reasons: v.array(reason),
  /** True where the definition before and after can be compared. */
  altered: v.boolean(),
  /** True where there is something to tell those who wrote the tool. */
  reportable: v.boolean(),
});
export type CellDetails = v.InferOutput<typeof details>;

const missing = v.object({
  type: v.literal("missing"),
  /** `gone`: the portal or server isn't there any more. */
  because: v.picklist(["loading", "gone"]),
});

/** Shows one tool or the tools of one server, and keeps the others out. */
const reveal = v.object({ type: v.literal("reveal"), search: v.string() });

const toPage = v.union([table, details, missing, reveal]);
export type ToPage = v.InferOutput<typeof toPage>;

const toExtension = v.union([
  v.object({ type: v.literal("explain"), cell }),
  v.object({ type: v.literal("compare"), row: v.string(), client: v.string() }),
  v.object({ type: v.literal("openDefinition"), row: v.string() }),
  v.object({ type: v.literal("copyReport"), row: v.string() }),
]);
export type ToExtension = v.InferOutput<typeof toExtension>;

/** What a person has set in the page. */
const view = v.object({
  search: v.string(),
  client: v.string(),
  fate: v.string(),
  /** The cell with the keyboard's focus. */
  focus: v.object({ row: v.number(), column: v.number() }),
  open: v.optional(cell),
});
export type ClientsView = v.InferOutput<typeof view>;

const subject = v.union([
  v.object({ accountId: v.string(), portalId: v.string() }),
  v.object({ accountId: v.string(), serverId: v.string() }),
]);
export type ClientsSubject = v.InferOutput<typeof subject>;

export const readToPage = reader(toPage);
export const readToExtension = reader(toExtension);
export const readView = reader(view);
export const readSubject = reader(subject);
