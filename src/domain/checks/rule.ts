import type { Catalogue, ExposedCapability } from "../catalogue/serverCatalogue.ts";
import type { ClientId } from "../clients/clientIds.ts";
import type { CountedCosts } from "../cost/counted.ts";
import type { LiveItem } from "../live/compareLive.ts";
import type { MappedServer, Portal } from "../portals/portal.ts";
import type { KnownFacts } from "../reach/chain.ts";
import type { LostOverride } from "../review/lostOverrides.ts";
import type { RenamedTo } from "../review/renames.ts";
import type { Server } from "../servers/server.ts";
import type { Evidence, Hit, RuleCommand, Severity } from "./finding.ts";
import type { FixKind } from "./fixes.ts";
import type { Requirements } from "./security/prefilter.ts";
import type { Scanned } from "./security/scanned.ts";
import type { NamingText } from "./texts.ts";

/**
 * The shared empty result, which is what most rules return for most tools. A new list each time
 * would cost more than the rule.
 */
export const NOTHING: readonly never[] = [];

/** The fixes of a name that clients can't use. */
export const NAME_FIXES: readonly FixKind[] = ["setAlias", "removeAlias", "disable"];
/** The fixes of a text that models shouldn't read. */
export const TEXT_FIXES: readonly FixKind[] = ["resetDescription", "disable"];
/** The fixes of a text that has hidden characters. */
export const HIDDEN_FIXES: readonly FixKind[] = [
  "stripHidden",
  "setAlias",
  "resetDescription",
  "disable",
];

interface Named {
  /** `<family>/<name>`, as users write it into settings. */
  readonly id: string;
  /** The severity where the user's settings have none for this rule. */
  readonly severity: Severity;
  /** Fixes for a finding, the best first; empty where another command fixes it. */
  readonly fixes: readonly FixKind[];
  /** A command that helps with each finding; undefined where edits and ignoring are all there is. */
  readonly command?: RuleCommand;
  /**
   * The rule applies only where one of these clients is in use; left out for a rule that always
   * applies.
   */
  readonly clients?: readonly ClientId[];
}

/** Looks at a server as a whole. */
export interface ServerRule extends Named {
  readonly of: "server";
  check(server: Server, catalogue: Catalogue): Iterable<Hit>;
}

/** Looks at one enabled tool or prompt. */
export interface CapabilityRule extends Named {
  readonly of: "capability";
  /** The value that it looks at. Where a portal has its own, the portal is checked too. */
  readonly value?: "exposedName" | "alias" | "description";
  check(shown: ExposedCapability): Iterable<Hit>;
}

/** A text rule's result: the place in the text, and a message. */
export interface TextHit {
  readonly start: number;
  readonly end: number;
  readonly message: string;
  readonly weak?: boolean;
}

/** Looks at one text that a model reads. */
export interface TextRule extends Named {
  readonly of: "text";
  /**
   * True where a finding tells what an author intends. Findings of two such rules in one text
   * confirm each other and become errors.
   */
  readonly tellsIntent?: boolean;
  /** A text without these can't break the rule; `check` isn't called then. */
  readonly requires: Requirements;
  /** False where a look that several rules share has shown that `check` would find nothing. */
  mayFind?(scanned: Scanned): boolean;
  check(scanned: Scanned): Iterable<TextHit>;
}

/** An entry that a server puts into an index, or looks up there. */
export interface IndexEntry {
  readonly key: string;
  readonly server: Server;
  readonly shown: ExposedCapability;
  /** The server id that a text put before the name; only tools of that server match. */
  readonly on?: string;
  /** The place in a text that names the tool, for an entry that is looked up. */
  readonly evidence?: Evidence & { readonly isOwn: boolean };
}

/** Finds servers by a key that they share. Several rules may use one index. */
export interface IndexKind {
  /** @param isAlone true where no other server of the account can expose one of its names */
  offers(server: Server, isAlone: boolean): readonly IndexEntry[];
  /** The keys to look up; left out where a server looks up its own offers. */
  asks?(server: Server, naming: readonly NamingText[]): Iterable<IndexEntry>;
}

/**
 * The entries under a key, by server id. Each server has at most two: its first entry, and the
 * first with another exposed name. A rule that looks for a name other than its own needs no more.
 */
export type Offers = ReadonlyMap<string, readonly IndexEntry[]>;

/** Looks across the servers of an account, through an index of keys. */
export interface AccountRule extends Named {
  readonly of: "account";
  readonly index: IndexKind;
  evaluate(ask: IndexEntry, offers: Offers): Hit | undefined;
}

/** The hints of a tool that an administrator accepted. */
export interface AcceptedHints {
  readonly readOnly: boolean | undefined;
  readonly destructive: boolean | undefined;
}

/** By tool name. */
export type Accepted = ReadonlyMap<string, AcceptedHints>;

/** Compares a server with its catalogue as last accepted. */
export interface AcceptedRule extends Named {
  readonly of: "accepted";
  check(server: Server, catalogue: Catalogue, accepted: Accepted): Iterable<Hit>;
}

/** Looks at a portal, or at one of its mappings; see `checkPortal`. */
export interface PortalRule extends Named {
  readonly of: "portal";
  check(portal: Portal, around: PortalSurroundings): Iterable<Hit>;
}

export interface PortalSurroundings {
  /** What is known of a server that the portal exposes; undefined where nothing is. */
  serverOf(serverId: string): Server | MappedServer | undefined;
  /** What was last read beside the portal; undefined where nothing was. */
  readonly reach: KnownFacts | undefined;
  readonly clients: ReadonlySet<ClientId>;
  readonly lost: readonly LostOverride[];
  readonly renamedTo: RenamedTo;
  /** What the last comparison with VS Code's tools told of each; nothing before the first one. */
  readonly live: readonly LiveItem[];
}

/** Looks at what syncs took from a server. */
export interface LostRule extends Named {
  readonly of: "lost";
  check(server: Server, lost: readonly LostOverride[], renamedTo: RenamedTo): Iterable<Hit>;
}

/** Looks at a server of an account that has portals. */
export interface MappedRule extends Named {
  readonly of: "mapped";
  /** @param isMapped true where a portal has the server */
  check(server: Server, isMapped: boolean): Iterable<Hit>;
}

/** What the rules of budgets compare. All numbers are tokens; 0 stands for no budget. */
export interface Budgets {
  readonly portal: number;
  readonly server: number;
  readonly tool: number;
}

/** Compares what a server or portal costs with a budget; see `BudgetChecker`. */
export type BudgetRule = Named & {
  readonly budget: keyof Budgets;
} & (
    | {
        readonly of: "serverCost";
        check(server: Server, costs: CountedCosts, budget: number): Iterable<Hit>;
      }
    | {
        /** The portal as a whole, or those of its tools that it describes itself. */
        readonly of: "portalCost" | "ownToolCost";
        check(portal: Portal, costs: CountedCosts, budget: number): Iterable<Hit>;
      }
  );

export type Rule =
  | BudgetRule
  | ServerRule
  | CapabilityRule
  | TextRule
  | AccountRule
  | AcceptedRule
  | LostRule
  | PortalRule
  | MappedRule;
