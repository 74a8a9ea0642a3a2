import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { closeInput, runCommand } from "../../workbench/support/quickInput.ts";
import { openServersView } from "../../workbench/support/serversView.ts";
import { type Busy, medianOf } from "./busy.ts";
import type { Pair } from "./pairs.ts";
import type { Session } from "./session.ts";
import { FEW, FIRST, MANY, toolName, WIDE } from "./subjects.ts";
import { entry, frame, lineOf, lookFor, offerCommand, typeAlias } from "./tree.ts";

const SOUGHT = "tool_1234";
const GO_TO_FILE = "Go to File...";
const TURNS = 30;
const NONE = ["Disable", "0 of 25 enabled"] as const;
const ALL = ["Enable", "25 tools"] as const;
const DISABLE = ["Disable", WIDE.tools - 50] as const;
const ENABLE = ["Enable", WIDE.tools] as const;

/** The last of 50 servers that begin with the one of few tools. It has the focus, so it is in sight. */
const FEW_AND_49 = "Server 00052";

/**
 * Each act with the same act in VS Code's own views. The order matters: an act may use the rows that
 * an earlier one expanded.
 */
export function actsOf(session: Session) {
  const { window, page, explorer, ours, emulator } = session;
  const toExplorer = () => page.keyboard.press("Control+Shift+E");
  const toOurs = () => openServersView(window);
  const toWide = async () => {
    await toOurs();
    await ours.tree.ensureExpanded(WIDE.name, FIRST);
  };
  /** A host counts its requests, and holds writes back for the rate limit. A new one has counted none. */
  const inFreshHost = async (round: number) => {
    if (round === 0) {
      await session.reload();
    }
    await toOurs();
    await ours.tree.row(WIDE.name).waitFor();
  };
  const drawn = () => frame(page);
  const settled = () => settle(session);
  const closed = () => closeEditors(session);
  const openPlain = async () => {
    await explorer.row("wide.json").click();
    await lineOf(page, FIRST).waitFor();
  };
  // It lists what was open before.
  const untilListed = async () => {
    await page.keyboard.press("Enter");
    await entry(page, "wide.json").waitFor();
  };
  const copyPaths = async () => {
    await explorer.chooseFromMenu("Copy Relative Path");
    await frame(page);
  };
  return {
    /** A thousand rows are listed. */
    arrive: {
      peer: {
        before: toExplorer,
        run: () => explorer.expand(MANY.folder, MANY.first),
        after: drawn,
        undo: () => explorer.collapse(MANY.folder, MANY.first),
      },
      ours: {
        before: async (round) => {
          if (round > 0) {
            await runCommand(window, "MCP Portals: Sign Out");
          }
          await ours.beginSignIn();
        },
        run: () => ours.signIn(),
        after: () => ours.untilChecked(),
        undo: () => ours.collapsePortals(),
      },
    },
    /** Two thousand rows below one. */
    expand: {
      peer: {
        before: toExplorer,
        run: () => explorer.expand(WIDE.folder, FIRST),
        after: drawn,
        undo: () => explorer.collapse(WIDE.folder, FIRST),
      },
      ours: {
        before: toOurs,
        run: () => ours.tree.expand(WIDE.name, FIRST),
        after: drawn,
        undo: () => ours.tree.collapse(WIDE.name, FIRST),
      },
    },
    expandFew: {
      peer: {
        before: toExplorer,
        run: () => explorer.expand(FEW.folder, FIRST),
        after: drawn,
        undo: () => explorer.collapse(FEW.folder, FIRST),
      },
      ours: {
        before: toOurs,
        run: () => ours.tree.expand(FEW.name, "Tools"),
        after: drawn,
        undo: () => ours.tree.collapse(FEW.name, "Tools"),
      },
    },
    scroll: {
      peer: {
        before: async () => {
          await toExplorer();
          await explorer.ensureExpanded(WIDE.folder, FIRST);
        },
        run: () => explorer.scroll(TURNS),
        undo: () => explorer.toTop(FIRST),
      },
      ours: {
        before: toWide,
        run: () => ours.tree.scroll(TURNS),
        undo: () => ours.tree.toTop(FIRST),
      },
    },
    /** A refresh after one change by somebody else, before so much is written that requests have to wait. */
    refresh: {
      peer: {
        before: async (round) => {
          await toExplorer();
          await explorer.toTop(FEW.folder);
          // A name that comes first, so that it is in sight.
          await mkdir(join(session.folder, `another-${round}`));
        },
        run: async (round) => {
          await runCommand(window, "Refresh Explorer");
          await explorer.row(`another-${round}`).waitFor();
        },
        after: settled,
      },
      ours: { before: toOurs, run: (round) => ours.refresh(round), after: settled },
    },
    /** One entry of the menu, with fifty rows selected. */
    toggle: {
      peer: {
        before: async () => {
          await toExplorer();
          await explorer.select(FIRST, 49);
        },
        run: copyPaths,
      },
      ours: {
        before: async () => {
          await toOurs();
          await ours.tree.select(FIRST, 49);
          await emulator.clearLog();
        },
        run: async (round) => {
          const [title, enabled] = round % 2 === 0 ? DISABLE : ENABLE;
          await ours.tree.chooseFromMenu(title);
          await ours.untilEnabled(enabled);
        },
        after: () => ours.untilWritten(),
      },
    },
    /** A key on each of fifty rows. In the Explorer it opens a file. */
    tap: {
      peer: {
        before: async () => {
          await toExplorer();
          await explorer.toTop(FIRST);
        },
        run: () => explorer.tap(FIRST, 50),
        after: settled,
      },
      ours: {
        before: async () => {
          await toOurs();
          await ours.tree.toTop(FIRST);
          await emulator.clearLog();
        },
        run: () => ours.tapFifty(),
        after: () => ours.untilWritten(),
      },
    },
    /** VS Code's own find in a tree. */
    findInTree: {
      peer: {
        before: toExplorer,
        run: () => explorer.find(SOUGHT),
        undo: async () => {
          await explorer.endFind();
          await explorer.toTop(FIRST);
        },
      },
      ours: {
        before: toOurs,
        run: () => ours.tree.find(SOUGHT),
        undo: async () => {
          await ours.tree.endFind();
          await ours.tree.toTop(FIRST);
        },
      },
    },
    /** All tools of fifty servers, and fifty folders. */
    spread: {
      peer: {
        before: async () => {
          await toExplorer();
          await explorer.ensureCollapsed(WIDE.folder, FIRST);
          await explorer.ensureExpanded(MANY.folder, MANY.first);
          await explorer.select(MANY.first, 49);
        },
        run: copyPaths,
        undo: () => explorer.collapse(MANY.folder, MANY.first),
      },
      ours: {
        before: async (round) => {
          await inFreshHost(round);
          await ours.tree.ensureCollapsed(WIDE.name, FIRST);
          await ours.tree.select(FEW.name, 49);
          await emulator.clearLog();
        },
        run: async (round) => {
          const [title, words] = round % 2 === 0 ? NONE : ALL;
          await ours.tree.chooseFromMenu(title);
          await ours.untilSays(FEW_AND_49, words);
        },
        after: () => ours.untilWritten(50),
      },
    },
    open: {
      peer: {
        before: toExplorer,
        run: openPlain,
        undo: closed,
      },
      ours: {
        before: toWide,
        run: () => ours.openDocument(FIRST),
        undo: closed,
      },
    },
    type: {
      peer: {
        before: async () => {
          await toExplorer();
          await openPlain();
        },
        run: () => typeAlias(page, FIRST),
        after: settled,
        undo: closed,
      },
      ours: {
        before: async () => {
          await toWide();
          await ours.openDocument(FIRST);
        },
        run: () => typeAlias(page, FIRST),
        after: settled,
        undo: closed,
      },
    },
    save: {
      peer: {
        before: async (round) => {
          await toExplorer();
          await openPlain();
          await typeAlias(page, toolName(round + 2), `renamed-${round}`);
        },
        run: async () => {
          await page.keyboard.press("Control+S");
          await page.locator(".part.editor .tab.dirty").waitFor({ state: "detached" });
        },
        after: settled,
        undo: closed,
      },
      ours: {
        before: async (round) => {
          await inFreshHost(round);
          await toWide();
          await ours.openDocument(FIRST);
          await typeAlias(page, toolName(round + 2), `renamed-${round}`);
          await emulator.clearLog();
        },
        run: async () => {
          await page.keyboard.press("Control+S");
          await ours.untilWritten();
        },
        undo: closed,
      },
    },
    /** Both from the palette. */
    openFind: {
      peer: {
        before: () => offerCommand(window, GO_TO_FILE),
        run: untilListed,
        undo: () => closeInput(window),
      },
      ours: {
        before: () => ours.beginFind(),
        run: () => ours.find(),
        undo: () => closeInput(window),
      },
    },
    find: {
      peer: {
        before: async () => {
          await offerCommand(window, GO_TO_FILE);
          await untilListed();
        },
        run: () => lookFor(page, SOUGHT, SOUGHT),
        undo: () => closeInput(window),
      },
      ours: {
        before: async () => {
          await ours.beginFind();
          await ours.find();
        },
        run: () => lookFor(page, SOUGHT, SOUGHT),
        undo: () => closeInput(window),
      },
    },
  } satisfies Record<string, Pair>;
}

/** The filter and the restart, which have no counterpart among VS Code's views. */
export async function measureAlone(session: Session) {
  const { window, ours, measure } = session;
  const filters: Busy[] = [];
  const restarts: Busy[] = [];
  for (let round = 0; round < 3; round += 1) {
    await openServersView(window);
    await ours.beginFilter();
    filters.push(
      await measure.busy(
        () => ours.filter(),
        () => settle(session),
      ),
    );
    await runCommand(window, "MCP Portals: Clear Filter");
    await session.reload();
    restarts.push(
      await measure.busy(
        () => ours.tree.row("Server 00001").waitFor(),
        () => ours.untilChecked(),
      ),
    );
  }
  return { filter: medianOf(filters), restart: medianOf(restarts) };
}

export async function closeEditors({ window }: Session): Promise<void> {
  await runCommand(window, "File: Revert File");
  await runCommand(window, "View: Close All Editors");
}

/** Waits for work that starts after a pause in typing or after a refresh. */
export async function settle({ page }: Session): Promise<void> {
  await page.waitForTimeout(2000);
}
