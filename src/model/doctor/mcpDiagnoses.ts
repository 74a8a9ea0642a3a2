import * as l10n from "@vscode/l10n";
import { always, type Diagnosis, withWords } from "./diagnosis.ts";
import type { Facts } from "./facts.ts";

const mcp =
  (...of: readonly number[]) =>
  (facts: Facts): boolean =>
    facts.mcpCode !== undefined && of.includes(facts.mcpCode);

/** By the JSON-RPC error code of the upstream. */
export const MCP_DIAGNOSES: readonly Diagnosis[] = [
  {
    applies: mcp(-32700, -32600),
    say: ({ mcpCode }) => l10n.t("The upstream didn't understand the request ({0}).", mcpCode ?? 0),
    remedy: always("showLog"),
  },
  {
    applies: mcp(-32601),
    say: () => l10n.t("The upstream can't list its tools: it doesn't know the method (-32601)."),
    remedy: always("showLog"),
  },
  {
    applies: mcp(-32602),
    say: () => l10n.t("The upstream refused the request's parameters (-32602)."),
    remedy: always("showLog"),
  },
  {
    applies: mcp(-32603),
    say: ({ told }) => withWords(l10n.t("The upstream failed inside (-32603)"), told),
    remedy: always("syncAgain"),
  },
  {
    applies: ({ mcpCode }) => mcpCode !== undefined,
    say: ({ mcpCode, told }) =>
      withWords(l10n.t("The upstream answered with MCP error {0}", mcpCode ?? 0), told),
    remedy: always("showLog"),
  },
];
