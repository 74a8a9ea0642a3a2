import { safeRoot } from "../../model/client/apiRoot.ts";
import { ApiError } from "../../model/client/failure.ts";

export { isLoopback } from "../../model/client/apiRoot.ts";

/** An API root that a credential may be sent to. `prefix` has no slash at its end. */
export interface Root {
  readonly origin: string;
  readonly prefix: string;
  readonly secure: boolean;
  readonly hostname: string;
}

/** Throws `unsafeRoot` where nothing may be sent to. The message doesn't repeat the root. */
export function parseRoot(text: string): Root {
  const url = safeRoot(text);
  if (url === undefined) {
    throw new ApiError("the API root is neither https nor http on a loopback address", {
      kind: "invalid",
      reason: "unsafeRoot",
    });
  }
  return {
    origin: url.origin,
    prefix: url.pathname.replace(/\/+$/, ""),
    secure: url.protocol === "https:",
    hostname: url.hostname,
  };
}
