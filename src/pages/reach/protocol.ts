/** What the page of the chain and the extension say to each other. Both sides read by these schemas. */

import * as v from "valibot";
import { LINK_STATES, LINKS } from "../../domain/reach/chain.ts";
import { reader } from "../shared/reader.ts";

/** What a person can be asked about. */
const FIELDS = ["email", "serviceToken", "client"] as const;
export type Field = (typeof FIELDS)[number];

/** What the extension does: creates what is missing, or helps otherwise. */
const deed = v.picklist(["create", "act"]);

const action = v.union([
  v.object({ label: v.string(), does: deed }),
  /** Leads to a field of the page. */
  v.object({ label: v.string(), field: v.picklist(FIELDS) }),
]);
export type ShownAction = v.InferOutput<typeof action>;

const found = v.object({
  state: v.picklist(LINK_STATES),
  sentence: v.string(),
  /** What helps most is first. */
  actions: v.array(action),
});
export type ShownFound = v.InferOutput<typeof found>;

const link = v.object({
  id: v.picklist(LINKS),
  title: v.string(),
  state: v.picklist(LINK_STATES),
  /** The state in words. */
  word: v.string(),
  /** The worst first. */
  found: v.array(found),
});
export type ShownLink = v.InferOutput<typeof link>;

/** What a person has answered; "" where nothing. */
const question = v.object({ email: v.string(), serviceToken: v.string(), client: v.string() });
export type ShownQuestion = v.InferOutput<typeof question>;

const chain = v.object({
  type: v.literal("chain"),
  heading: v.string(),
  headline: v.string(),
  /** Of the headline: `unknown` also where nothing was looked at. */
  state: v.picklist(LINK_STATES),
  /** True while it is being looked at. `links` are then those of the last look. */
  isLooking: v.boolean(),
  links: v.array(link),
  /** How a token gets to look at all links; "" where it may. */
  hint: v.string(),
  question,
  clients: v.array(v.object({ id: v.string(), name: v.string() })),
});
export type Chain = v.InferOutput<typeof chain>;

const missing = v.object({
  type: v.literal("missing"),
  /** `gone`: the portal isn't there any more. */
  because: v.picklist(["loading", "gone"]),
});

const toPage = v.union([chain, missing]);
export type ToPage = v.InferOutput<typeof toPage>;

const toExtension = v.union([
  /** Asks anew with these answers. */
  v.object({ type: v.literal("ask"), question }),
  /** Reads everything anew. */
  v.object({ type: v.literal("look") }),
  /** Does what an item of a link offers. */
  v.object({ type: v.literal("act"), link: v.picklist(LINKS), found: v.number(), does: deed }),
]);
export type ToExtension = v.InferOutput<typeof toExtension>;

/** `name` is the upstream's. */
const subject = v.object({
  accountId: v.string(),
  portalId: v.string(),
  serverId: v.optional(v.string()),
  tool: v.optional(v.object({ kind: v.picklist(["tool", "prompt"]), name: v.string() })),
});
export type ReachSubject = v.InferOutput<typeof subject>;

export const readToPage = reader(toPage);
export const readToExtension = reader(toExtension);
export const readSubject = reader(subject);
