/** The target of a portal's host. Neither the API nor Terraform creates this record by itself. */
export const PORTAL_TARGET = "gateway.agents.cloudflare.com";

export interface Zone {
  readonly id: string;
  readonly name: string;
}

export interface DnsRecord {
  readonly id: string;
  readonly type: string;
  readonly name: string;
  readonly content: string;
  readonly proxied: boolean;
  /** Seconds; 1 is automatic. */
  readonly ttl: number;
  readonly comment: string | undefined;
}

/** The names under which a host's zone may stand, the longest first, without the top level. */
export function zoneNamesOf(hostname: string): readonly string[] {
  const labels = hostname.toLowerCase().split(".").filter(Boolean);
  return labels.slice(0, -1).map((_label, index) => labels.slice(index).join("."));
}
