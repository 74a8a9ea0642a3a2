import { endAll } from "../harness/lifetime.ts";
import { compared, type Result } from "./result.ts";
import { measureOurs, measurePeers } from "./window/actions.ts";
import { beginSession } from "./window/session.ts";

/** Milliseconds within which a window has to answer, so that nobody calls it frozen. */
const LIMIT = 100;

/**
 * The delays that people notice with 1,000 servers of 25 tools, one of them with 2,000, in a window
 * of VS Code.
 */
export async function benchWindow(): Promise<readonly Result[]> {
  const session = await beginSession();
  try {
    const peer = await measurePeers(session);
    const ours = await measureOurs(session);
    const host = (name: string, action: keyof typeof ours) =>
      compared(`${name}: host at a stretch, ms / ${LIMIT}`, ours[action].host, LIMIT, 1);
    const page = (name: string, action: keyof typeof ours) =>
      compared(`${name}: page at a stretch, ms / ${LIMIT}`, ours[action].page, LIMIT, 1);
    const onScreen = (name: string, action: "find" | "findInTree", than: string) =>
      compared(`${name}, ms until on screen: ours / ${than}`, ours[action].ms, peer[action].ms, 2);
    return [
      compared("1,000 servers on screen, ms / 3,000", ours.arrive.ms, 3000, 1),
      host("1,000 servers arrive", "arrive"),
      page("1,000 servers arrive", "arrive"),
      host("restart", "restart"),
      host("refresh, one changed", "refresh"),
      page("refresh, one changed", "refresh"),
      compared("expand 2,000, page, ms: ours / Explorer", ours.expand.page, peer.expand.page, 4),
      compared("scroll 2,000, page, ms: ours / Explorer", ours.scroll.page, peer.scroll.page, 3),
      host("expand 25", "expandFew"),
      page("expand 25", "expandFew"),
      host("toggle 50 of 2,000", "toggle"),
      page("toggle 50 of 2,000", "toggle"),
      host("toggle 50 of 2,000 one by one", "tap"),
      page("toggle 50 of 2,000 one by one", "tap"),
      host("toggle 50 servers of 25", "spread"),
      page("toggle 50 servers of 25", "spread"),
      compared("open 2,000, page, ms: ours / plain JSON", ours.open.page, peer.open.page, 1.5),
      compared("type in 2,000, page, ms: ours / plain JSON", ours.type.page, peer.type.page, 2),
      host("type in 2,000", "type"),
      host("save 2,000", "save"),
      host("open Find, 27,000", "openFind"),
      page("open Find, 27,000", "openFind"),
      compared(`open Find, 27,000, ms until on screen / ${LIMIT}`, ours.openFind.ms, LIMIT, 1),
      onScreen("type in Find", "find", "Go to File"),
      onScreen("VS Code's find in the tree", "findInTree", "Explorer"),
      host("type in Find", "find"),
      compared("type in Find, page, ms: ours / Go to File", ours.find.page, peer.find.page, 2),
      host("filter 27,000", "filter"),
      page("filter 27,000", "filter"),
    ];
  } finally {
    await session.end();
    await endAll();
  }
}
