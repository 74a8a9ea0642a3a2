import * as vscode from "vscode";
import { argumentsText } from "../../domain/trial/argumentsText.ts";
import { TRIAL_SCHEME } from "../../manifest.ts";
import type { MappedCapabilityTarget } from "../../target.ts";
import { MemoryFiles } from "./memoryFiles.ts";

/** One call of a tool, kept for the window. Its arguments may hold secrets. */
export interface TrialCall {
  readonly at: Date;
  readonly input: string;
  /** What the list of calls says of it. */
  readonly outcome: string;
  readonly milliseconds: number;
}

/** A tool that is tried, with the document of its arguments. */
export interface Trial {
  readonly target: MappedCapabilityTarget;
  /** What VS Code has of it. */
  readonly inputSchema: unknown;
  readonly uri: vscode.Uri;
  /** The document of its last result. */
  readonly result: vscode.Uri;
  readonly number: number;
  /** The latest first. */
  readonly calls: readonly TrialCall[];
}

/** How the names of arguments end, and no result's. */
export const ARGUMENTS_ENDING = ".mcp-arguments.json";

const MOST_CALLS = 10;
/** Most characters of a tool's name in a tab. */
const MOST_NAME = 60;

/** What is tried in a window, and the files of it. */
export class Trials {
  readonly files = new MemoryFiles();
  readonly #byTool = new Map<string, Trial>();
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.#changed.event;

  /** The trial of a tool. Its arguments are as they were left. */
  open(target: MappedCapabilityTarget, inputSchema: unknown): Trial {
    const { accountId, portalId, serverId, name } = target;
    const key = JSON.stringify([accountId, portalId, serverId, name]);
    const known = this.#byTool.get(key);
    if (known !== undefined) {
      return this.#put(key, { ...known, inputSchema });
    }
    const number = this.#byTool.size + 1;
    const readable = name.replaceAll(/[^a-zA-Z0-9_-]/g, "_").slice(0, MOST_NAME);
    const uri = trialUri(number, `${readable}${ARGUMENTS_ENDING}`);
    this.files.put(uri, new TextEncoder().encode(argumentsText(inputSchema)), false);
    const result = trialUri(number, `${readable}.result.txt`);
    return this.#put(key, { target, inputSchema, uri, result, number, calls: [] });
  }

  at(uri: string): Trial | undefined {
    return [...this.#byTool.values()].find((trial) => trial.uri.toString() === uri);
  }

  /** Keeps the last ten calls. */
  record(uri: string, call: TrialCall): void {
    for (const [key, trial] of this.#byTool) {
      if (trial.uri.toString() === uri) {
        this.#put(key, { ...trial, calls: [call, ...trial.calls].slice(0, MOST_CALLS) });
      }
    }
  }

  #put(key: string, trial: Trial): Trial {
    this.#byTool.set(key, trial);
    this.#changed.fire();
    return trial;
  }
}

export function trialUri(number: number, name: string): vscode.Uri {
  return vscode.Uri.from({ scheme: TRIAL_SCHEME, path: `/${number}/${name}` });
}
