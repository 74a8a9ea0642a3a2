/** What a portal's endpoint answered to a request without a credential. */
export type ProbeOutcome =
  /** 401 that leads to a sign-in, as a portal answers. Source: RFC 9728. */
  | { readonly kind: "portal" }
  /** 401 that doesn't say where to sign in. */
  | { readonly kind: "noMetadata" }
  /** Cloudflare's edge answered instead, such as with 522, 530, 1014 or 1016. */
  | { readonly kind: "edge"; readonly code: number }
  /** The host can't be resolved, or nothing answers there. */
  | { readonly kind: "offline"; readonly why: "dns" | "network" }
  /** A page for people, such as a login page or a site of another origin. */
  | { readonly kind: "html"; readonly status: number }
  | { readonly kind: "other"; readonly status: number };

export interface ProbeAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly wwwAuthenticate: string;
  readonly text: string;
}

/** The edge's own codes, such as 1016, in the beginning of its page. */
const EDGE_CODE = /\berror(?: code)?:? (1\d{3})\b/i;
/** A longer text isn't the edge's. */
const MOST_READ = 20_000;

export function probeOutcome(answer: ProbeAnswer): ProbeOutcome {
  const { status, contentType, wwwAuthenticate } = answer;
  const text = answer.text.slice(0, MOST_READ);
  if (status === 401) {
    return { kind: /\bresource_metadata\s?=/i.test(wwwAuthenticate) ? "portal" : "noMetadata" };
  }
  if (status === 522) {
    return { kind: "edge", code: status };
  }
  const code = EDGE_CODE.exec(text)?.[1];
  if (code !== undefined && status >= 400) {
    return { kind: "edge", code: Number(code) };
  }
  if (status === 530) {
    return { kind: "edge", code: status };
  }
  return /\bhtml\b/i.test(contentType) ? { kind: "html", status } : { kind: "other", status };
}
