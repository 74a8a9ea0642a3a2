import type { Client } from "./client.ts";
import { CLIENTS, type ClientId } from "./clientIds.ts";
import { claudeCode } from "./tables/claudeCode.ts";
import { codex } from "./tables/codex.ts";
import { cursor } from "./tables/cursor.ts";
import { gemini } from "./tables/gemini.ts";
import { openai } from "./tables/openai.ts";
import { vscode } from "./tables/vscode.ts";
import { windsurf } from "./tables/windsurf.ts";

const BY_ID: Readonly<Record<ClientId, Client>> = {
  vscode,
  "claude-code": claudeCode,
  cursor,
  openai,
  codex,
  gemini,
  windsurf,
};

export const ALL_CLIENTS: readonly Client[] = CLIENTS.map((id) => BY_ID[id]);

export function clientOf(id: ClientId): Client {
  return BY_ID[id];
}
