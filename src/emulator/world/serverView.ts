import type { Behaviours } from "../switches/behaviours.ts";
import type { ServerRecord } from "./records.ts";

/** What answers carry of a server, but for its catalogue. Never the secret. */
function serverFields(record: ServerRecord): Record<string, unknown> {
  const { secret: _secret, tools: _tools, prompts: _prompts, ...fields } = record;
  return fields;
}

/** A server as answers carry it, bent as the switches say. */
export function serverView(
  record: ServerRecord,
  behaviours: Behaviours,
  inList = false,
): Record<string, unknown> {
  const view = serverFields(record);
  for (const key of ["updated_tools", "updated_prompts"] as const) {
    if (record[key].length > 0 || behaviours.emptyOverrides === "array") {
      continue;
    }
    if (behaviours.emptyOverrides === "null") {
      view[key] = null;
    } else {
      delete view[key];
    }
  }
  if (inList && behaviours.listCatalogue === "absent") {
    return view;
  }
  view["tools"] = behaviours.nullCatalogue ? null : record.tools;
  view["prompts"] = behaviours.nullCatalogue ? null : record.prompts;
  return view;
}

const heads = new WeakMap<ServerRecord, Buffer>();
const catalogues = new WeakMap<readonly unknown[], Buffer>();

/**
 * The same as JSON text in pieces. Built once a record: pages of thousands of servers are put
 * together from kept bytes, and servers that share a catalogue share its text.
 */
export function serverBytes(
  record: ServerRecord,
  behaviours: Behaviours,
  inList = false,
): readonly Buffer[] {
  if (isBent(behaviours, inList)) {
    return [Buffer.from(JSON.stringify(serverView(record, behaviours, inList)))];
  }
  const head = kept(heads, record, () => JSON.stringify(serverFields(record)).slice(0, -1));
  const tools = kept(catalogues, record.tools, () => JSON.stringify(record.tools));
  const prompts = kept(catalogues, record.prompts, () => JSON.stringify(record.prompts));
  return [head, toolsKey, tools, promptsKey, prompts, end];
}

const toolsKey = Buffer.from(',"tools":');
const promptsKey = Buffer.from(',"prompts":');
const end = Buffer.from("}");

function isBent(behaviours: Behaviours, inList: boolean): boolean {
  const { nullCatalogue, emptyOverrides, listCatalogue } = behaviours;
  return nullCatalogue || emptyOverrides !== "array" || (inList && listCatalogue === "absent");
}

function kept<K extends object>(cache: WeakMap<K, Buffer>, key: K, build: () => string): Buffer {
  const known = cache.get(key);
  if (known) {
    return known;
  }
  const bytes = Buffer.from(build());
  cache.set(key, bytes);
  return bytes;
}
