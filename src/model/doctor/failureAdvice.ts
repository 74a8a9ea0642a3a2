import type { ApiError } from "../client/failure.ts";

/** The one thing that helps when a call to the API failed. */
export type FailureRemedy =
  | "signIn"
  | "tryAgain"
  | "refresh"
  | "setApiRoot"
  | "setProxy"
  | "showLog";

/** What to say of a failure, and what helps. */
export interface FailureAdvice {
  say(error: ApiError): string;
  readonly remedy: FailureRemedy;
}
