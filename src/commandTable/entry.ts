import type { PortalTarget, Target } from "../target.ts";

/** A view of ours. */
export type ViewName = "portals" | "servers" | "review" | "live";

/** A row of the command table. The title is `command.<name>` in package.nls.json. */
export interface CommandEntry {
  /** The name of a codicon. */
  readonly icon?: string;
  /** The command runs only with these on screen: an account, or servers of one. */
  readonly needs: "nothing" | "account" | "servers";
  /** True when read-only accounts have to refuse it, because it changes something at Cloudflare. */
  readonly writes: boolean;
  /** The rows of the tree that it acts on. */
  readonly rows?: RowEntry;
  /** Its place on the files of servers and portals, in the explorer and above their editor. */
  readonly files?: FilesEntry;
  /**
   * Its places above the view: a button in the group `navigation`, otherwise an entry of the view's
   * menu.
   */
  readonly title?: readonly TitleEntry[];
  /** A `when` clause for the palette beyond `needs` and `writes`; false hides the command there. */
  readonly palette?: string | false;
  /** The key that runs it on a row of the tree. */
  readonly key?: KeyEntry;
}

interface RowEntry {
  /** Rows of the Servers view; empty for a command that is about portals alone. */
  readonly on: readonly Target["kind"][];
  /** Rows of the Portals view, with its position among their buttons. */
  readonly inPortals?: { readonly on: readonly PortalTarget["kind"][]; readonly inline?: number };
  /** Rows of the Review view, likewise. */
  readonly inReview?: { readonly on: readonly Target["kind"][]; readonly inline?: number };
  /** Rows of the comparison with VS Code's tools, likewise. */
  readonly inLive?: { readonly on: readonly PortalTarget["kind"][]; readonly inline?: number };
  /**
   * True when it takes all selected rows, "two" when no more than two. Otherwise it gets the clicked row
   * only.
   */
  readonly several: boolean | "two";
  /** A clause on `viewItem` that limits the rows, where only one row is selected. */
  readonly only?: string;
  /** Its position among the buttons of a row. */
  readonly inline?: number;
  /** Its group in the context menu, with its position there. */
  readonly context: string;
}

interface FilesEntry {
  /** Its group in both menus, with its position there. */
  readonly context: string;
}

interface TitleEntry {
  readonly group: string;
  readonly when?: string;
  /** The view; the Servers view where this is left out. */
  readonly in?: ViewName;
}

interface KeyEntry {
  readonly key: string;
  readonly mac?: string;
  readonly when?: string;
  /** The views in which the key runs it; the Servers view where this is left out. */
  readonly in?: readonly ViewName[];
}

/** Something to list is on screen. */
export const READY = "mcpPortals.phase == ready";
export const SIGNED_IN = "mcpPortals.phase != signedOut";
