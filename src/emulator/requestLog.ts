/** Which credential a request carried, never the credential itself. */
export interface CredentialKind {
  readonly kind: "none" | "bearer" | "key" | "malformed";
  /** The name of the token or user that it belongs to; absent where nobody knows it. */
  readonly name?: string;
}

/** A request as the wire saw it. */
export interface LoggedRequest {
  readonly at: string;
  readonly method: string;
  /** Below the API root, still percent-encoded, without the query. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** Parsed where it was JSON, as text where it wasn't, `null` where there was none. */
  readonly body: unknown;
  /** Without those that carry a credential. */
  readonly headers: Readonly<Record<string, string>>;
  readonly credential: CredentialKind;
  /** 0 until answered, and for good where the connection was broken instead. */
  readonly status: number;
  readonly fault?: string;
  readonly ray: string;
}

export interface LogSlot {
  /** Adds what became known later. */
  amend(change: Partial<LoggedRequest>): void;
}

const MAX_ENTRIES = 20_000;

/** The newest requests in the order of their arrival. */
export class RequestLog {
  #entries: LoggedRequest[] = [];

  add(entry: LoggedRequest): LogSlot {
    const kept = { ...entry };
    this.#entries.push(kept);
    if (this.#entries.length > MAX_ENTRIES) {
      this.#entries.splice(0, MAX_ENTRIES / 2);
    }
    return {
      amend: (change) => {
        Object.assign(kept, change);
      },
    };
  }

  entries(): readonly LoggedRequest[] {
    return this.#entries;
  }

  clear(): void {
    this.#entries = [];
  }
}
