import { createSecureContext, getCACertificates, type SecureContext } from "node:tls";

let context: SecureContext | undefined;

/**
 * Node's certificates and the operating system's. Reading them takes some 50 ms and a context of
 * them 40 ms more, so both happen at most once and only when Node's own weren't enough.
 */
export function widerTrust(): SecureContext {
  context ??= createSecureContext({
    ca: [...getCACertificates("default"), ...getCACertificates("system")],
  });
  return context;
}
