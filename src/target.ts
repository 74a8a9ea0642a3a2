/** What commands act on, as plain data: rows of the trees, and what identifies a resource. */

/** A server of an account. */
export interface ServerAddress {
  readonly accountId: string;
  readonly serverId: string;
}

/** A row of the servers' tree, as plain data. */
export type Target =
  | { readonly kind: "account"; readonly accountId: string }
  | ServerTarget
  | (ServerAddress & {
      readonly kind: "group";
      readonly of: "tool" | "prompt";
      readonly portalId?: undefined;
    })
  | CapabilityTarget;

/** A row of either tree. */
export type Row = Target | PortalTarget;

export interface ServerTarget extends ServerAddress {
  readonly kind: "server";
}

/** A tool or prompt on its server. */
export interface CapabilityTarget extends ServerAddress {
  readonly kind: "tool" | "prompt";
  readonly name: string;
  readonly portalId?: undefined;
}

/** A tool or prompt on its server, or in a portal, whose layer is edited then. */
export type LayeredTarget = CapabilityTarget | MappedCapabilityTarget;

/** Identifies a portal. */
export interface PortalAddress {
  readonly accountId: string;
  readonly portalId: string;
}

/**
 * Identifies the document of a problem: a portal's with `portalId`, else a server's. In a portal,
 * `serverId` is the server of the mapping, or "" for the portal itself.
 */
export interface ProblemAddress extends ServerAddress {
  readonly portalId?: string | undefined;
}

/** Identifies a mapping: a server's place in a portal. */
export interface MappingAddress extends ServerAddress, PortalAddress {}

/** A row of the portals' tree, as plain data. */
export type PortalTarget =
  | { readonly kind: "account"; readonly accountId: string }
  | (PortalAddress & { readonly kind: "portal" })
  | MappingTarget
  | (MappingAddress & { readonly kind: "group"; readonly of: "tool" | "prompt" })
  | MappedCapabilityTarget;

export interface MappingTarget extends MappingAddress {
  readonly kind: "mapping";
}

export interface MappedCapabilityTarget extends MappingAddress {
  readonly kind: "tool" | "prompt";
  readonly name: string;
}

/**
 * The arguments that a command was called with. `rows` come from the tree or from a key; they are
 * undefined in the palette. `text` is the input that a script gives in advance.
 */
export interface GivenArguments {
  readonly rows: readonly Row[] | undefined;
  readonly text: string | undefined;
  /** The addresses of the files that it was called on; absent where it was called elsewhere. */
  readonly files?: readonly string[];
}

/** The arguments of a command whose preconditions are met. */
export interface CommandArguments extends GivenArguments {
  /**
   * The ids of the accounts that the command may act on: those of the rows, without rows those on
   * screen. A command that writes gets neither read-only accounts nor rows of theirs.
   */
  readonly accountIds: readonly string[];
}
