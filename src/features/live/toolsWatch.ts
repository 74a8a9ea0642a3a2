import type { LiveTool } from "../../domain/live/liveTools.ts";
import { liveTools } from "./connected.ts";

/** VS Code tells nobody that its tools have changed. A look costs next to nothing. */
const LOOK_MS = 1000;

/** Looks whether VS Code's tools have changed, while it runs. */
export class ToolsWatch {
  readonly #changed: (live: readonly LiveTool[]) => Promise<void>;
  #timer: NodeJS.Timeout | undefined;
  #seen: readonly LiveTool[] = [];
  #isMoving = true;
  #isBusy = false;

  /** @param changed called once they are the same at two looks, because many come in several parts */
  constructor(changed: (live: readonly LiveTool[]) => Promise<void>) {
    this.#changed = changed;
  }

  /** What has changed while it didn't run is a change too. */
  run(isWanted: boolean): void {
    clearInterval(this.#timer);
    this.#isMoving = true;
    this.#timer = isWanted ? setInterval(() => void this.#look(), LOOK_MS) : undefined;
  }

  async #look(): Promise<void> {
    if (this.#isBusy) {
      return;
    }
    const live = liveTools();
    if (!isSame(live, this.#seen)) {
      this.#seen = live;
      this.#isMoving = true;
    } else if (this.#isMoving) {
      this.#isMoving = false;
      this.#isBusy = true;
      try {
        await this.#changed(live);
      } finally {
        this.#isBusy = false;
      }
    }
  }
}

/** VS Code makes a tool anew whenever anything of it changes. */
function isSame(one: readonly LiveTool[], other: readonly LiveTool[]): boolean {
  return one.length === other.length && one.every((tool, index) => tool === other[index]);
}
