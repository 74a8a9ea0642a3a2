/** What assistants in VS Code are offered. All but the last only read, and the last only drafts. */
export const ASSISTANT_TOOLS = [
  "list",
  "read",
  "problems",
  "explain",
  "clients",
  "costs",
  "propose",
] as const;
export type AssistantToolName = (typeof ASSISTANT_TOOLS)[number];

/** The name by which VS Code knows a tool of ours. */
export function assistantToolId(name: AssistantToolName): string {
  return `mcpPortals_${name}`;
}
