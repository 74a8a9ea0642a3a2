/** For work that nobody waits for: that it failed is said, and is the end of nothing else. */
export function unattended(work: Promise<unknown>): void {
  work.catch((error: unknown) => {
    process.stderr.write(`emulator: ${String(error)}\n`);
  });
}
