import { isRecord, type JsonRecord } from "../../base/json.ts";
import { given } from "./blocks.ts";
import type { HclAttribute, HclValue } from "./hcl.ts";

/** An argument as the provider documents it. */
export interface Argument {
  readonly name: string;
  readonly shape: ArgumentShape;
  /** What Cloudflare's API calls it, where that is another name. */
  readonly received?: string;
}

type ArgumentShape =
  | "string"
  | "boolean"
  | "number"
  | "strings"
  | { readonly object: readonly Argument[] }
  | { readonly objects: readonly Argument[] };

export function argumentsOf(
  shape: "string" | "boolean" | "number" | "strings",
  ...names: readonly string[]
): readonly Argument[] {
  return names.map((name) => ({ name, shape }));
}

/**
 * The documented arguments that Cloudflare sent a value for. Null and empty lists aren't written,
 * because the provider takes them for a difference; what has another shape isn't, because Terraform
 * would refuse it.
 */
export function attributesFrom(
  received: JsonRecord,
  documented: readonly Argument[],
): readonly HclAttribute[] {
  return documented.flatMap(({ name, shape, received: key = name }) =>
    given(name, shapedValue(Object.hasOwn(received, key) ? received[key] : undefined, shape)),
  );
}

function shapedValue(value: unknown, shape: ArgumentShape): HclValue | undefined {
  switch (shape) {
    case "string":
      return typeof value === "string" ? value : undefined;
    case "boolean":
      return typeof value === "boolean" ? value : undefined;
    case "number":
      return typeof value === "number" ? value : undefined;
    case "strings":
      return listOf(value, (item) => (typeof item === "string" ? item : undefined));
    default:
      return "object" in shape
        ? objectOf(value, shape.object)
        : listOf(value, (item) => objectOf(item, shape.objects));
  }
}

function objectOf(value: unknown, documented: readonly Argument[]): HclValue | undefined {
  return isRecord(value) ? { attributes: attributesFrom(value, documented) } : undefined;
}

function listOf(
  value: unknown,
  read: (item: unknown) => HclValue | undefined,
): readonly HclValue[] | undefined {
  const items = Array.isArray(value) ? value.flatMap((item) => read(item) ?? []) : [];
  return items.length === 0 ? undefined : items;
}
