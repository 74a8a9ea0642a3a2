/**
 * The VS Code versions that are tested. Each comes from the npm registry as code-server, whose
 * version 4.x.y contains VS Code 1.x.y.
 */
export interface CodeVersion {
  readonly vscode: string;
  readonly codeServer: string;
  /** The Node for its server, where it isn't the one that runs this script. */
  readonly node?: string;
}

export type Edge = "floor" | "latest";

export const CODE_VERSIONS: Readonly<Record<Edge, CodeVersion>> = {
  /** The oldest version that `engines.vscode` promises. Its extension host crashes on Node 24. */
  floor: { vscode: "1.110.0", codeServer: "4.110.0", node: "22.23.2" },
  latest: { vscode: "1.139.1", codeServer: "4.139.1" },
};
