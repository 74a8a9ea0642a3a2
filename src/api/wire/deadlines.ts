/** How long each phase may take, in milliseconds. */
export interface Deadlines {
  /** Name resolution, TCP, proxy tunnel and TLS together. */
  readonly connect: number;
  /** From the request sent to the answer's headers. */
  readonly headers: number;
  /** Between two pieces of a body. */
  readonly idle: number;
  /** The whole body, so that a trickle doesn't go on for ever. */
  readonly body: number;
  /** The whole call with all its attempts and waits. */
  readonly whole: number;
  /** The longest single wait that a server can impose; beyond it the call fails and says so. */
  readonly wait: number;
}

/** A person waits in front of most calls. Cloudflare's own client gives each attempt a minute. */
export const usualDeadlines: Deadlines = {
  connect: 10_000,
  headers: 45_000,
  idle: 15_000,
  body: 60_000,
  whole: 120_000,
  wait: 30_000,
};
