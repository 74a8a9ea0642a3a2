/** What the page of costs and the extension say to each other. Both sides read by these schemas. */

import * as v from "valibot";
import type { CostView } from "../../domain/cost/costView.ts";
import { CONNECTIONS } from "../../domain/portals/endpoint.ts";
import { reader } from "../shared/reader.ts";

const tokens = v.optional(v.number());

const tool = v.object({
  id: v.string(),
  serverId: v.string(),
  name: v.string(),
  label: v.string(),
  isOn: v.boolean(),
  tokens,
  nameTokens: tokens,
});

const server = v.object({ id: v.string(), name: v.string(), tools: v.array(tool) });

/** As in domain/cost/costView.ts. */
const view = v.object({
  servers: v.array(server),
  connections: v.array(v.object({ connection: v.picklist(CONNECTIONS), tokens })),
});

/** The calls of servers, through whatever portal. */
const calls = v.union([
  v.object({ state: v.literal("loading") }),
  /** With a sentence that says why. */
  v.object({ state: v.literal("unknown"), why: v.string() }),
  v.object({
    state: v.literal("known"),
    /** Without the servers whose calls couldn't be read. */
    servers: v.array(v.object({ id: v.string(), week: v.number(), month: v.number() })),
  }),
]);
export type KnownCalls = v.InferOutput<typeof calls>;

const cost = v.object({
  type: v.literal("cost"),
  /** The name of what is looked at. */
  name: v.string(),
  kind: v.picklist(["account", "portal", "server"]),
  /** False in a read-only account. */
  canChange: v.boolean(),
  /** A portal's Code Mode, as Cloudflare calls it. */
  codeMode: v.optional(v.string()),
  view,
  calls,
});
export type CostMessage = Omit<v.InferOutput<typeof cost>, "view"> & { readonly view: CostView };

const missing = v.object({
  type: v.literal("missing"),
  /** `gone`: what was looked at isn't there any more. */
  because: v.picklist(["loading", "gone"]),
});

const toPage = v.union([cost, missing]);
export type ToPage = CostMessage | v.InferOutput<typeof missing>;

const toExtension = v.union([
  /** Selects a tool in the tree. By the keyboard it gets the focus there. */
  v.object({ type: v.literal("reveal"), tool: v.string(), focus: v.boolean() }),
  v.object({ type: v.literal("setEnabled"), tools: v.array(v.string()), enabled: v.boolean() }),
]);
export type ToExtension = v.InferOutput<typeof toExtension>;

/** What a person has set in the page: the ids of tools. */
const pageView = v.object({ selected: v.array(v.string()), focus: v.optional(v.string()) });
export type PageView = v.InferOutput<typeof pageView>;

const subject = v.union([
  v.object({ kind: v.literal("account"), accountId: v.string() }),
  v.object({ kind: v.literal("portal"), accountId: v.string(), portalId: v.string() }),
  v.object({ kind: v.literal("server"), accountId: v.string(), serverId: v.string() }),
]);
export type CostSubject = v.InferOutput<typeof subject>;

export const readToPage: (value: unknown) => ToPage | undefined = reader(toPage);
export const readToExtension = reader(toExtension);
export const readView = reader(pageView);
export const readSubject = reader(subject);
