import * as vscode from "vscode";
import { CONTEXT_KEYS, MCP_SERVERS } from "../../manifest.ts";
import { type ConnectContext, offersOf } from "./connectedPortals.ts";

/** Offers the connected portals to VS Code. */
export function registerConnections(app: ConnectContext): readonly vscode.Disposable[] {
  const { connected } = app;
  const changed = new vscode.EventEmitter<void>();
  let offered: string | undefined;
  const mark = (): void => {
    const isAny = connected.all.length > 0;
    void vscode.commands.executeCommand("setContext", CONTEXT_KEYS.connected, isAny);
  };
  const tell = (): void => {
    const now = JSON.stringify(
      offersOf(app, connected).map(([to, as]) => [to, as.name, as.hostname, as.modifiedAt]),
    );
    if (now !== offered) {
      offered = now;
      changed.fire();
    }
  };
  mark();
  tell();
  const load = () => import("./index.ts");
  return [
    changed,
    connected,
    connected.onDidChange(mark),
    connected.onDidChange(tell),
    app.store.onDidChange(tell),
    vscode.lm.registerMcpServerDefinitionProvider(MCP_SERVERS, {
      onDidChangeMcpServerDefinitions: changed.event,
      provideMcpServerDefinitions: async () => (await load()).portalDefinitions(app).provide(),
      resolveMcpServerDefinition: async (definition: vscode.McpHttpServerDefinition) =>
        (await load()).portalDefinitions(app).resolve(definition),
    }),
  ];
}
