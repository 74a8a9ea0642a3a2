import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { HOST_OUT } from "./build.ts";
import { fetchCode } from "./fetchCode.ts";
import { writeLauncher } from "./launcher.ts";
import { CODE_VERSIONS, type Edge } from "./versions.ts";

/** A VS Code to run the suite in. Without a path, test-electron downloads one. */
export interface Target {
  readonly name: string;
  readonly executable?: string;
  /** The version, for a VS Code from npm. */
  readonly edge?: Edge;
}

/** @param only "floor" or "latest", to choose from those that come from npm */
export async function hostTargets(only: string | undefined): Promise<readonly Target[]> {
  const executable = process.env["VSCODE_EXECUTABLE"];
  if (executable) {
    return [{ name: executable, executable }];
  }
  if (process.env["VSCODE_DESKTOP"] || process.platform === "win32") {
    return [{ name: "desktop" }];
  }
  const targets: Target[] = [];
  for (const edge of edges(only)) {
    targets.push({
      name: CODE_VERSIONS[edge].vscode,
      edge,
      executable: await writeCodeLauncher(edge),
    });
  }
  return targets;
}

function edges(only: string | undefined): Edge[] {
  const all: Edge[] = ["floor", "latest"];
  const chosen = all.filter((edge) => only === undefined || edge === only);
  if (chosen.length === 0) {
    throw new Error("--only is floor or latest.");
  }
  return chosen;
}

/** Writes the executable that test-electron starts: hostLauncher.ts with the version. */
async function writeCodeLauncher(edge: Edge): Promise<string> {
  await fetchCode(CODE_VERSIONS[edge]);
  await mkdir(HOST_OUT, { recursive: true });
  const script = join(import.meta.dirname, "hostLauncher.ts");
  return writeLauncher(join(HOST_OUT, `code-${edge}`), script, edge);
}
