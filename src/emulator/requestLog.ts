/** The kind and owner of a request's credential, but never the credential itself. */
export interface CredentialKind {
  readonly kind: "none" | "bearer" | "key" | "malformed";
  /** The name of the token or user; absent where it is unknown. */
  readonly name?: string;
}

/** A request as received. */
export interface LoggedRequest {
  readonly at: string;
  readonly method: string;
  /** Relative to the API root, percent-encoded, without the query. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /**
   * Parsed if it was JSON, otherwise as text. Null without a body, or where the request wasn't
   * authenticated. A body over 4 MiB is replaced by a note of its size.
   */
  readonly body: unknown;
  /** Without headers that carry a credential. */
  readonly headers: Readonly<Record<string, string>>;
  readonly credential: CredentialKind;
  /** 0 until it is answered, or for good where the connection was broken. */
  readonly status: number;
  readonly fault?: string;
  readonly ray: string;
}

export interface LogSlot {
  /** Adds facts that became known later. */
  amend(change: Pick<LoggedRequest, "status"> | Pick<LoggedRequest, "fault">): void;
}

export interface LogLimits {
  readonly entries: number;
  /** Bytes on the wire of all entries together. */
  readonly bytes: number;
  /** Bytes of one body. */
  readonly bodyBytes: number;
}

const DEFAULT_LIMITS: LogLimits = {
  entries: 20_000,
  bytes: 32 * 1024 * 1024,
  bodyBytes: 4 * 1024 * 1024,
};

interface Slot {
  entry: LoggedRequest;
  readonly bytes: number;
}

/** The newest requests in the order of arrival, limited in number and bytes. */
export class RequestLog {
  readonly #limits: LogLimits;
  #slots: Slot[] = [];
  #bytes = 0;

  constructor(limits: LogLimits = DEFAULT_LIMITS) {
    this.#limits = limits;
  }

  /** @param bodyBytes length of the body on the wire */
  add(entry: LoggedRequest, bodyBytes: number): LogSlot {
    const kept =
      bodyBytes > this.#limits.bodyBytes
        ? { ...entry, body: `(a body of ${bodyBytes} bytes, not kept)` }
        : entry;
    const slot: Slot = {
      entry: kept,
      bytes: sizeWithoutBody(entry) + (kept === entry ? bodyBytes : 0),
    };
    this.#slots.push(slot);
    this.#bytes += slot.bytes;
    this.#dropOldest();
    return {
      amend: (change) => {
        slot.entry = { ...slot.entry, ...change };
      },
    };
  }

  entries(): readonly LoggedRequest[] {
    return this.#slots.map(({ entry }) => entry);
  }

  clear(): void {
    this.#slots = [];
    this.#bytes = 0;
  }

  /** Drops a quarter at once, so that a full log doesn't move its entries with every request. */
  #dropOldest(): void {
    const { entries, bytes } = this.#limits;
    if (this.#slots.length <= entries && this.#bytes <= bytes) {
      return;
    }
    let dropped = 0;
    for (const slot of this.#slots) {
      const left = this.#slots.length - dropped;
      if (left <= (entries * 3) / 4 && this.#bytes <= (bytes * 3) / 4) {
        break;
      }
      this.#bytes -= slot.bytes;
      dropped += 1;
    }
    this.#slots = this.#slots.slice(dropped);
  }
}

/** The approximate bytes of an entry without its body. */
function sizeWithoutBody({ path, query, headers }: LoggedRequest): number {
  const pairs = [...Object.entries(query), ...Object.entries(headers)];
  return pairs.reduce((sum, [name, value]) => sum + name.length + value.length, path.length + 200);
}
