import { PORTAL_TARGET } from "./dns.ts";

/** The body that makes the record of a portal's host. */
export interface NewDnsRecord {
  readonly type: "CNAME";
  readonly name: string;
  readonly content: string;
  readonly proxied: true;
  /** 1 lets Cloudflare choose. */
  readonly ttl: 1;
}

export function portalRecord(hostname: string): NewDnsRecord {
  return {
    type: "CNAME",
    name: hostname.toLowerCase(),
    content: PORTAL_TARGET,
    proxied: true,
    ttl: 1,
  };
}
