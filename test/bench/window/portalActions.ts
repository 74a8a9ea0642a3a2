import { openServersView } from "../../workbench/support/serversView.ts";
import { closeEditors, settle } from "./actions.ts";
import type { Act, Pair } from "./pairs.ts";
import type { Session } from "./session.ts";
import { FIRST, PORTAL, WIDE } from "./subjects.ts";
import { frame, type Tree, typeAlias } from "./tree.ts";

/** Signs in and expands the portal, so that both trees have a row for the wide server. */
export async function showPortal({ ours }: Session): Promise<void> {
  await ours.beginSignIn();
  await ours.signIn();
  await ours.untilChecked();
  await ours.portals.ensureExpanded(PORTAL.name, WIDE.name);
}

/** Acts in the portal, each with the same act on the server whose tools the portal has. */
export function portalActsOf(session: Session) {
  const { window, page, ours } = session;
  const drawn = () => frame(page);
  const settled = () => settle(session);
  const closed = () => closeEditors(session);

  /** VS Code keeps the rows below a row until the row changes, and a click would only draw them. */
  const forgetRows = async () => {
    await ours.refresh(0, WIDE.id);
    await settled();
    await ours.refresh(1, WIDE.id);
    await settled();
  };
  const expanding = (tree: Tree): Act => ({
    before: async () => {
      await openServersView(window);
      await tree.ensureCollapsed(WIDE.name, FIRST);
      await forgetRows();
    },
    run: () => tree.expand(WIDE.name, FIRST),
    after: drawn,
    undo: () => tree.collapse(WIDE.name, FIRST),
  });
  const ready = async (tree: Tree) => {
    await openServersView(window);
    await tree.ensureExpanded(WIDE.name, FIRST);
  };
  const opening = (tree: Tree, open: () => Promise<void>): Act => ({
    before: () => ready(tree),
    run: open,
    after: settled,
    undo: closed,
  });
  const typing = (tree: Tree, open: () => Promise<void>): Act => ({
    before: async () => {
      await ready(tree);
      await open();
      await settled();
    },
    run: () => typeAlias(page, FIRST),
    after: settled,
    undo: closed,
  });
  const openServer = () => ours.openDocument(FIRST);
  const openPortal = () => ours.openPortal(FIRST);
  return {
    expand: { peer: expanding(ours.tree), ours: expanding(ours.portals) },
    open: { peer: opening(ours.tree, openServer), ours: opening(ours.portals, openPortal) },
    type: { peer: typing(ours.tree, openServer), ours: typing(ours.portals, openPortal) },
  } satisfies Record<string, Pair>;
}
