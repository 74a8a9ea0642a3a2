export interface Progress {
  /** Names the current step in a few words. */
  step(text: string): void;
  done(text: string): void;
}

const BEAT_MS = 250;
const QUIET_BEAT_MS = 5000;

/**
 * Shows the current step and the time: as one changing line on a terminal, otherwise as a line now
 * and then.
 */
export function showProgress(title: string): Progress {
  const live = process.stderr.isTTY === true;
  const start = Date.now();
  let text = "";
  const print = () => {
    const line = `${title}: ${text} (${seconds(start)} s)`;
    process.stderr.write(live ? `\r\u001b[2K${line}` : `${line}\n`);
  };
  const timer = setInterval(print, live ? BEAT_MS : QUIET_BEAT_MS);
  timer.unref();
  return {
    step(next) {
      const first = text === "";
      text = next;
      if (live || first) {
        print();
      }
    },
    done(last) {
      clearInterval(timer);
      text = last;
      print();
      if (live) {
        process.stderr.write("\n");
      }
    },
  };
}

const seconds = (start: number): number => Math.round((Date.now() - start) / 1000);
