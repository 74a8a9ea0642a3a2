import type { Behaviours } from "../switches/behaviours.ts";

/** A body as the switches want it understood, before it is checked. */
export function bendBody(body: unknown, behaviours: Behaviours): unknown {
  if (!isRecord(body)) {
    return body;
  }
  const { ignoreFields, nullClears } = behaviours;
  const kept = Object.entries(body).filter(([key]) => !ignoreFields.includes(key));
  return Object.fromEntries(kept.map(([key, value]) => [key, bendValue(key, value)]));

  function bendValue(key: string, value: unknown): unknown {
    if (!Array.isArray(value) || !key.startsWith("updated_")) {
      return value;
    }
    const inside = ignoreFields.filter((field) => field.startsWith(`${key}.`));
    const ignored = inside.map((field) => field.slice(key.length + 1));
    return value.map((entry: unknown) => bendEntry(entry, ignored, nullClears));
  }
}

/** The same for a portal, whose overrides stand in its servers. */
export function bendPortalBody(body: unknown, behaviours: Behaviours): unknown {
  const bent = bendBody(body, behaviours);
  if (!isRecord(bent) || !Array.isArray(bent["servers"])) {
    return bent;
  }
  const servers = bent["servers"].map((server: unknown) => bendBody(server, behaviours));
  return { ...bent, servers };
}

function bendEntry(entry: unknown, ignored: readonly string[], nullClears: boolean): unknown {
  if (!isRecord(entry)) {
    return entry;
  }
  const kept = Object.entries(entry).filter(([key, value]) => {
    if (ignored.includes(key)) {
      return false;
    }
    const isText = key === "alias" || key === "description";
    return !(nullClears && isText && (value === null || value === ""));
  });
  return Object.fromEntries(kept);
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
