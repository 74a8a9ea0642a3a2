import type { Catalogue, ExposedCapability } from "../catalogue/serverCatalogue.ts";

/**
 * What is set of tools and prompts, written as documents write it.
 * @param parts with the server's id where several servers stand in one text
 */
export function overridesText(
  parts: readonly { readonly serverId?: string; readonly catalogue: Catalogue }[],
): string {
  const sections = parts.flatMap(({ serverId, catalogue }) =>
    serverId === undefined
      ? sectionsOf(catalogue, "  ")
      : [`  ${JSON.stringify(serverId)}: {\n${sectionsOf(catalogue, "    ").join(",\n")}\n  }`],
  );
  return `{\n${sections.join(",\n")}\n}\n`;
}

function sectionsOf({ tools, prompts }: Catalogue, indent: string): readonly string[] {
  return [sectionText("tools", tools, indent), sectionText("prompts", prompts, indent)];
}

/** Written as text, because an object would move a tool named `7` before all others. */
function sectionText(key: string, all: readonly ExposedCapability[], indent: string): string {
  if (all.length === 0) {
    return `${indent}"${key}": {}`;
  }
  const entries = all.map(({ name, enabled, override }) => {
    const fields = [
      ["enabled", enabled],
      ["alias", override?.alias],
      ["description", override?.description],
    ].filter(([, value]) => value !== undefined);
    const text = fields.map(([field, value]) => `"${field}": ${JSON.stringify(value)}`);
    return `${indent}  ${JSON.stringify(name)}: { ${text.join(", ")} }`;
  });
  return `${indent}"${key}": {\n${entries.join(",\n")}\n${indent}}`;
}
