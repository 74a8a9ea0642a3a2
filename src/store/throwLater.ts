/** For an error that is nobody's here: the host hears of it, and what goes on isn't kept from going on. */
export function throwLater(error: unknown): void {
  queueMicrotask(() => {
    throw error;
  });
}
