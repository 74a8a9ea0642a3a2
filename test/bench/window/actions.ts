import { runCommand } from "../../workbench/support/quickInput.ts";
import { type Busy, medianOf } from "./busy.ts";
import type { Session } from "./session.ts";
import { WIDE } from "./subjects.ts";
import { entry, frame, lineOf, lookFor, typeAlias } from "./tree.ts";

/** A few rounds show the spread; each takes seconds. */
const ROUNDS = 3;
const FIRST = "tool_0001";
const TURNS = 30;

/** Actions in VS Code's own parts, to compare with. */
export async function measurePeers(session: Session) {
  const { explorer, measure, page } = session;
  await explorer.row("many").waitFor();
  const expand: Busy[] = [];
  const scroll: Busy[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    expand.push(
      await measure.busy(
        () => explorer.expand(WIDE.folder, FIRST),
        () => frame(page),
      ),
    );
    scroll.push(await measure.busy(() => explorer.scroll(TURNS)));
    await explorer.toTop(FIRST);
    await explorer.collapse(WIDE.folder, FIRST);
  }
  const open = await measure.busy(async () => {
    await explorer.row("wide.json").click();
    await lineOf(page, FIRST).waitFor();
  });
  const type = await measure.busy(
    () => typeAlias(page, FIRST),
    () => settle(session),
  );
  const reveal = "tool_1234";
  const openFind: Busy[] = [];
  const find: Busy[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    openFind.push(
      await measure.busy(async () => {
        await page.keyboard.press("Control+P");
        await entry(page, "").waitFor();
      }),
    );
    find.push(await measure.busy(() => lookFor(page, reveal, reveal)));
    await page.keyboard.press("Escape");
  }
  await runCommand(session.window, "File: Revert File");
  await runCommand(session.window, "View: Close All Editors");
  await explorer.expand(WIDE.folder, FIRST);
  const findInTree = await measure.busy(() => explorer.find(reveal));
  await explorer.endFind();
  return {
    expand: medianOf(expand),
    scroll: medianOf(scroll),
    open,
    type,
    openFind: medianOf(openFind),
    find: medianOf(find),
    findInTree,
  };
}

/** The same actions and more with our account. */
export async function measureOurs(session: Session) {
  const { ours, measure, page } = session;
  await ours.beginSignIn();
  const arrive = await measure.busy(
    () => ours.signIn(),
    () => ours.untilChecked(),
  );
  const expand: Busy[] = [];
  const scroll: Busy[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    if (round > 0) {
      await ours.tree.collapse(WIDE.name, FIRST);
    }
    expand.push(
      await measure.busy(
        () => ours.tree.expand(WIDE.name, FIRST),
        () => frame(page),
      ),
    );
    scroll.push(await measure.busy(() => ours.tree.scroll(TURNS)));
    await ours.tree.toTop(FIRST);
  }
  const open = await measure.busy(() => ours.openDocument(FIRST));
  const toggle = await measureToggles(session);
  const tap = await measureTaps(session);
  await settle(session);
  const findInTree = await measure.busy(() => ours.tree.find("tool_1234"));
  await ours.tree.endFind();
  await ours.tree.toTop(WIDE.name);
  await ours.tree.collapse(WIDE.name, FIRST);
  const expandFew = await rounds(async () => {
    const taken = await measure.busy(
      () => ours.tree.expand(FEW, "Tools"),
      () => frame(page),
    );
    await ours.tree.collapse(FEW, "Tools");
    return taken;
  });
  const spread = await measureSpread(session);
  const refresh = await rounds((round) =>
    measure.busy(
      () => ours.refresh(round),
      () => settle(session),
    ),
  );
  const type = await measure.busy(
    () => typeAlias(page, FIRST),
    () => settle(session),
  );
  const save = await measure.busy(() => saveDocument(session));
  const { openFind, find } = await measureFind(session);
  await ours.beginFilter();
  const filter = await measure.busy(
    () => ours.filter(),
    () => settle(session),
  );
  await runCommand(session.window, "MCP Portals: Clear Filter");
  await session.reload();
  const restart = await measure.busy(
    () => ours.tree.row("Server 00001").waitFor(),
    () => ours.untilChecked(),
  );
  return {
    arrive,
    expand: medianOf(expand),
    scroll: medianOf(scroll),
    expandFew,
    open,
    toggle,
    tap,
    spread,
    findInTree,
    refresh,
    type,
    save,
    openFind,
    find,
    filter,
    restart,
  };
}

/** Fifty selected tools, by the menu. */
async function measureToggles({ ours, measure, emulator }: Session): Promise<Busy> {
  return rounds(async (round) => {
    await ours.select(FIRST, 49);
    await emulator.clearLog();
    const [title, enabled] = round % 2 === 0 ? DISABLE : ENABLE;
    return measure.busy(
      () => ours.set(title, () => ours.untilEnabled(enabled)),
      () => ours.untilWritten(),
    );
  });
}

/** Fifty tools, one key after another. */
async function measureTaps(session: Session): Promise<Busy> {
  const { ours, measure, emulator } = session;
  return rounds(async (round) => {
    await emulator.clearLog();
    const enabled = round % 2 === 0 ? WIDE.tools - 50 : WIDE.tools;
    await settle(session);
    return measure.busy(
      () => ours.tap(FIRST, 50, enabled),
      () => ours.untilWritten(),
    );
  });
}

/** All tools of fifty servers, by the menu. */
async function measureSpread({ ours, measure, emulator }: Session): Promise<Busy> {
  return rounds(async (round) => {
    await ours.select(FEW, 49);
    await emulator.clearLog();
    const [title, words] = round % 2 === 0 ? NONE : ALL;
    return measure.busy(
      () => ours.set(title, () => ours.untilSays(FEW, words)),
      () => ours.untilWritten(50),
    );
  });
}

/** A server like all the others. */
const FEW = "Server 00003";
const NONE = ["Disable", "0 of 25 enabled"] as const;
const ALL = ["Enable", "25 of 25 enabled"] as const;

const DISABLE = ["Disable", WIDE.tools - 50] as const;
const ENABLE = ["Enable", WIDE.tools] as const;

async function saveDocument({ page, emulator, ours }: Session): Promise<void> {
  await emulator.clearLog();
  await page.keyboard.press("Control+S");
  await ours.untilWritten();
}

async function measureFind({ ours, measure, page }: Session) {
  const openFind: Busy[] = [];
  const find: Busy[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    await ours.beginFind();
    openFind.push(await measure.busy(() => ours.find()));
    find.push(await measure.busy(() => lookFor(page, "tool_1234", "tool_1234")));
    await page.keyboard.press("Escape");
  }
  return { openFind: medianOf(openFind), find: medianOf(find) };
}

async function rounds(run: (round: number) => Promise<Busy>): Promise<Busy> {
  const all: Busy[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    all.push(await run(round));
  }
  return medianOf(all);
}

/** Waits for work that starts after a pause in typing or after a refresh. */
async function settle({ page }: Session): Promise<void> {
  await page.waitForTimeout(2000);
}
