/**
 * The VS Code builds that the extension is tried in. Each comes out of the npm registry as
 * code-server, whose version 4.x.y carries VS Code 1.x.y.
 */
export interface CodeVersion {
  readonly vscode: string;
  readonly codeServer: string;
  /** The Node that its server runs on, when that isn't the one that runs this script. */
  readonly node?: string;
}

export type Edge = "floor" | "latest";

export const CODE_VERSIONS: Readonly<Record<Edge, CodeVersion>> = {
  /** What `engines.vscode` promises. On Node 24 its extension host crashes. */
  floor: { vscode: "1.110.0", codeServer: "4.110.0", node: "22.23.2" },
  latest: { vscode: "1.139.1", codeServer: "4.139.1" },
};
