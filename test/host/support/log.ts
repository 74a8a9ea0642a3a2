import type * as vscode from "vscode";

/** Only a VS Code from npm writes no log files, so the lines are recorded when they are written. */
export function watchLog(channel: vscode.LogOutputChannel): readonly string[] {
  const lines: string[] = [];
  for (const level of ["trace", "debug", "info", "warn", "error", "append"] as const) {
    const real: (text: string) => void = channel[level].bind(channel);
    Reflect.set(channel, level, (text: string) => {
      lines.push(text);
      real(text);
    });
  }
  return lines;
}
