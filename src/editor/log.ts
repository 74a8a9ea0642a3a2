import * as vscode from "vscode";

/** The facts about a request that are logged. None is secret at any log level. */
export interface RequestLine {
  readonly method: string;
  readonly path: string;
  readonly status?: number | undefined;
  readonly durationMs: number;
  readonly attempt: number;
  readonly rayId?: string | undefined;
  readonly failure?: string | undefined;
}

export interface Log extends vscode.Disposable {
  /** The output channel that receives all lines. */
  readonly channel: vscode.LogOutputChannel;
  request(line: RequestLine): void;
  info(message: string): void;
  error(message: string): void;
  show(): void;
}

export function createLog(): Log {
  const channel = vscode.window.createOutputChannel("MCP Portals", { log: true });
  return {
    channel,
    request: (line) => channel.info(requestInWords(line)),
    info: (message) => channel.info(message),
    error: (message) => channel.error(message),
    show: () => channel.show(),
    dispose: () => channel.dispose(),
  };
}

function requestInWords(line: RequestLine): string {
  return [
    line.method,
    line.path,
    line.status ?? line.failure ?? "-",
    `${Math.round(line.durationMs)} ms`,
    ...(line.attempt > 1 ? [`attempt ${line.attempt}`] : []),
    ...(line.rayId === undefined ? [] : [`ray ${line.rayId}`]),
  ].join(" ");
}
