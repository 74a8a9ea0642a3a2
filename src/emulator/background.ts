import type { Control } from "./control.ts";
import type { Emulation } from "./emulation.ts";
import { unattended } from "./unattended.ts";

/** Syncs all servers as often as the switch says, on the emulator's clock. Returns what ends it. */
export function followClock({ clock, controls, saved }: Emulation, control: Control): () => void {
  let interval = 0;
  let end = () => {};
  controls.onChange = () => {
    if (controls.backgroundSync === interval) {
      return;
    }
    interval = controls.backgroundSync;
    end();
    end = interval === 0 ? () => {} : clock.every(interval, () => unattended(run()));
  };
  return () => end();

  async function run(): Promise<void> {
    await control.backgroundSync();
    await saved();
  }
}
