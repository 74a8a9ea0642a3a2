import * as vscode from "vscode";
import { listed } from "../../model/sentence.ts";
import type { ExposedCapability } from "../../model/server/catalogue.ts";
import { isRecord, otherRows, type Row, tooltipOf } from "./tooltipRows.ts";

/** Everything that is known of a tool or prompt, and which of it is the upstream's and which ours. */
export function capabilityTooltip(shown: ExposedCapability): vscode.MarkdownString {
  const { override, capability, name, alias } = shown;
  const { source } = capability;
  const own = override?.description;
  return tooltipOf(shown.exposedName, shown.description, [
    [vscode.l10n.t("State"), state(shown)],
    [vscode.l10n.t("Name at the upstream"), name],
    [vscode.l10n.t("Alias, set at Cloudflare"), alias],
    [vscode.l10n.t("Description"), descriptionFrom(shown)],
    [
      vscode.l10n.t("Upstream's description"),
      own === undefined ? undefined : capability.description,
    ],
    [vscode.l10n.t("Parameters"), parameters(source)],
    [vscode.l10n.t("Result"), schemaText(source["outputSchema"])],
    [vscode.l10n.t("Annotations"), annotations(source["annotations"])],
    ...otherRows(source, SHOWN),
    ...unknownOverrides(shown),
  ]);
}

const SHOWN = ["name", "description", "inputSchema", "outputSchema", "annotations", "arguments"];

function state({ enabled, override }: ExposedCapability): string {
  if (!enabled) return vscode.l10n.t("Disabled at Cloudflare");
  return override?.enabled === true
    ? vscode.l10n.t("Enabled at Cloudflare")
    : vscode.l10n.t("Enabled");
}

function descriptionFrom({ override, description }: ExposedCapability): string | undefined {
  if (description === undefined) return vscode.l10n.t("None");
  return override?.description === undefined
    ? vscode.l10n.t("From the upstream")
    : vscode.l10n.t("Set at Cloudflare");
}

/** Keys of the override that this version doesn't know, and keeps. */
function unknownOverrides({ override }: ExposedCapability): readonly Row[] {
  return otherRows({ ...override }, ["name", "alias", "description", "enabled"]);
}

/** Of a tool's schema or of a prompt's arguments; anything may stand there. */
function parameters(source: Readonly<Record<string, unknown>>): string | undefined {
  const args = source["arguments"];
  if (!Array.isArray(args)) return schemaText(source["inputSchema"]);
  return args
    .flatMap((arg) => (isRecord(arg) ? [parameter(String(arg["name"]), arg, arg["required"])] : []))
    .join("; ");
}

function schemaText(schema: unknown): string | undefined {
  if (!isRecord(schema)) return undefined;
  const properties = schema["properties"];
  if (!isRecord(properties)) return JSON.stringify(schema);
  const required = Array.isArray(schema["required"]) ? schema["required"] : [];
  return Object.entries(properties)
    .map(([name, property]) => parameter(name, property, required.includes(name)))
    .join("; ");
}

function parameter(name: string, of: unknown, required: unknown): string {
  const { type, description } = isRecord(of) ? of : {};
  const kind = typeof type === "string" ? [type] : [];
  const facts = listed([...kind, ...(required === true ? [vscode.l10n.t("required")] : [])]);
  const head = facts === "" ? name : `${name} (${facts})`;
  return typeof description === "string" ? `${head} – ${description}` : head;
}

function annotations(value: unknown): string | undefined {
  if (!isRecord(value)) return undefined;
  return Object.entries(value)
    .map(([key, entry]) => `${key}: ${JSON.stringify(entry)}`)
    .join(", ");
}
