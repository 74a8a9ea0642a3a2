import { ok } from "node:assert/strict";
import { parse } from "@cdktf/hcl2json";
import { terraformFiles } from "../../../../../src/domain/terraform/terraformFiles.ts";

export const ACCOUNT = "0123456789abcdef0123456789abcdef";

/** All files of an account, as Terraform's own parser reads them. */
export async function readFiles(
  source: Omit<Parameters<typeof terraformFiles>[0], "account">,
): Promise<ReadonlyMap<string, unknown>> {
  const read = new Map<string, unknown>();
  for (const [name, text] of terraformFiles({ account: { id: ACCOUNT }, ...source })) {
    read.set(name, await parse(name, text));
  }
  return read;
}

/**
 * A text as hcl2json gives a literal back: as Terraform normalises it, and with what begins a template
 * escaped.
 */
export function literal(text: string): string {
  return text
    .toWellFormed()
    .normalize("NFC")
    .replace(/[$%](?=\{)/gu, (sign) => sign + sign);
}

/** What hcl2json gives for something that Terraform evaluates. */
export function evaluated(expression: string): string {
  return `\${${expression}}`;
}

/** The value at a path of what hcl2json read, which says nothing of its shape. Fails where none is. */
export function at(value: unknown, ...path: readonly (string | number)[]): unknown {
  let found = value;
  for (const key of path) {
    ok(typeof found === "object" && found !== null, `nothing at ${JSON.stringify(path)}`);
    const entry = Object.entries(found).find(([name]) => name === String(key));
    ok(entry !== undefined, `no ${key} at ${JSON.stringify(path)}`);
    found = entry[1];
  }
  return found;
}

/** What stands in an object or a list. */
export function valuesAt(
  value: unknown,
  ...path: readonly (string | number)[]
): readonly unknown[] {
  const found = at(value, ...path);
  ok(typeof found === "object" && found !== null);
  return Object.values(found);
}

export function keysAt(value: unknown, ...path: readonly (string | number)[]): readonly string[] {
  const found = at(value, ...path);
  ok(typeof found === "object" && found !== null);
  return Object.keys(found);
}
