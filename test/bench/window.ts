import { endAll } from "../harness/lifetime.ts";
import { compared, type Result } from "./result.ts";
import { actsOf, measureAlone } from "./window/actions.ts";
import type { Busy } from "./window/busy.ts";
import { installMeasured } from "./window/install.ts";
import { measureAll } from "./window/pairs.ts";
import { portalActsOf, showPortal } from "./window/portalActions.ts";
import { beginSession } from "./window/session.ts";

/**
 * The delays that people notice with 1,000 servers of 25 tools, one of them with 2,000, in a window
 * of VS Code. Each figure is divided by that of the same act in one of VS Code's own views. Those
 * work in the page alone, so our extension host is compared with their page: people wait while
 * either of them is busy.
 */
export async function benchWindow(): Promise<readonly Result[]> {
  await installMeasured();
  try {
    return [...(await benchAccount()), ...(await benchPortal())];
  } finally {
    await endAll();
  }
}

async function benchAccount(): Promise<readonly Result[]> {
  const session = await beginSession({ hasPortal: false });
  try {
    const acts = await measureAll(session.measure, actsOf(session));
    const { filter, restart } = await measureAlone(session);
    type Act = keyof typeof acts;
    const ms = (name: string, act: Act, than: string, target: number) =>
      compared(`${name}, ms: ours / ${than}`, acts[act].ours.ms, acts[act].peer.ms, target);
    const page = (name: string, act: Act, than: string, target: number) =>
      compared(`${name}, page: ours / ${than}`, acts[act].ours.page, acts[act].peer.page, target);
    const host = (name: string, act: Act, than: string, target: number) =>
      compared(`${name}: our host / ${than}`, acts[act].ours.host, acts[act].peer.page, target);
    const rows = acts.arrive.peer.page;
    const narrowed = acts.findInTree.peer.page;
    return [
      ms("1,000 rows come in", "arrive", "Explorer", 6),
      page("1,000 rows come in", "arrive", "Explorer", 1),
      host("1,000 rows come in", "arrive", "Explorer", 1),
      compared("restart with 1,000: our host / Explorer's 1,000", restart.host, rows, 1),
      ms("refresh, one changed", "refresh", "Explorer", 1.5),
      page("refresh, one changed", "refresh", "Explorer", 1),
      host("refresh, one changed", "refresh", "Explorer", 1),
      page("expand 2,000", "expand", "Explorer", 4),
      page("expand 25", "expandFew", "Explorer", 1.5),
      host("expand 25", "expandFew", "Explorer", 1),
      page("scroll 2,000", "scroll", "Explorer", 3),
      page("menu on 50 of 2,000", "toggle", "Explorer", 1.5),
      host("menu on 50 of 2,000", "toggle", "Explorer", 1),
      page("menu on 50 of 1,000", "spread", "Explorer", 1.5),
      host("menu on 50 of 1,000", "spread", "Explorer", 1),
      page("a key on each of 50", "tap", "Explorer", 1.5),
      host("a key on each of 50", "tap", "Explorer", 1),
      ms("VS Code's find in the tree", "findInTree", "Explorer", 2),
      page("open 2,000", "open", "plain JSON", 1.5),
      page("type in 2,000", "type", "plain JSON", 2),
      host("type in 2,000", "type", "plain JSON", 1),
      host("save 2,000", "save", "plain JSON", 1),
      ms("open Find, 27,000", "openFind", "Go to File", 1.2),
      page("open Find, 27,000", "openFind", "Go to File", 1.2),
      host("open Find, 27,000", "openFind", "Go to File", 1),
      ms("type in Find, 27,000", "find", "Go to File", 1.2),
      page("type in Find, 27,000", "find", "Go to File", 1.2),
      host("type in Find, 27,000", "find", "Go to File", 1),
      compared("filter 27,000, page: ours / Explorer's find", filter.page, narrowed, 1.5),
      compared("filter 27,000: our host / Explorer's find", filter.host, narrowed, 1),
    ];
  } finally {
    await session.end();
  }
}

/** A portal of 2,000 tools. Each figure is divided by that of a server with the same tools. */
async function benchPortal(): Promise<readonly Result[]> {
  const session = await beginSession({ hasPortal: true });
  try {
    await showPortal(session);
    const acts = await measureAll(session.measure, portalActsOf(session));
    type Act = keyof typeof acts;
    const against = (name: string, act: Act, figure: keyof Busy, target: number) =>
      compared(
        `${name}, ${figure}: portal / server`,
        acts[act].ours[figure],
        acts[act].peer[figure],
        target,
      );
    return [
      against("expand 2,000", "expand", "ms", 1.2),
      against("expand 2,000", "expand", "page", 1.2),
      against("expand 2,000", "expand", "host", 1.2),
      against("open 2,000", "open", "ms", 1.2),
      against("open 2,000", "open", "page", 1.2),
      against("open 2,000", "open", "host", 1.2),
      against("type in 2,000", "type", "ms", 1.2),
      against("type in 2,000", "type", "page", 1.2),
      against("type in 2,000", "type", "host", 1.2),
    ];
  } finally {
    await session.end();
  }
}
