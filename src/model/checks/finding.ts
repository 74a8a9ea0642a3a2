export type Severity = "error" | "warning" | "information" | "hint";

/** One problem of one server. */
export interface Finding {
  /** An id of the table of checks. */
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  /** The property of the server's document that it is about. */
  readonly path: readonly string[];
}
