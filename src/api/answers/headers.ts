/** Headers as undici gives them: names in lower case, repeated ones as lists. */
export type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** A header's text; several of one name count as one list, as HTTP says. */
export function header(headers: Headers, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value.join(", ") : value;
}

/** The ray id that Cloudflare's support asks for. */
export function rayIdOf(headers: Headers): string | undefined {
  const value = header(headers, "cf-ray");
  // It goes into log and messages, so nothing but a ray id may pass for one.
  return value !== undefined && /^[\w-]{1,64}$/.test(value) ? value : undefined;
}

export function serverTimeOf(headers: Headers): number | undefined {
  const time = Date.parse(header(headers, "date") ?? "");
  return Number.isNaN(time) ? undefined : time;
}
