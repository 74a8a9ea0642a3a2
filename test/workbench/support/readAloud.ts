import type { CodeWindow } from "./window.ts";

/** An element at which a screen reader stops, and what it reads. */
export interface Spoken {
  readonly role: string;
  readonly name: string;
  readonly description: string;
  /** States that it reads by itself, such as `level 2`, `expanded`, `not checked`. */
  readonly states: readonly string[];
}

interface Node {
  readonly nodeId: string;
  readonly ignored: boolean;
  readonly role?: { readonly value?: unknown };
  readonly name?: { readonly value?: unknown };
  readonly description?: { readonly value?: unknown };
  readonly childIds?: readonly string[];
  readonly properties?: readonly { readonly name: string; readonly value: { value?: unknown } }[];
}

/** Roles that are read by their name and not part by part. */
const WHOLE: ReadonlySet<string> = new Set(["button", "tab"]);

/** A part of the window in reading order: all below the first element with this role and name. */
export async function readAloud(
  window: CodeWindow,
  role: string,
  name: string | RegExp,
): Promise<Spoken[]> {
  const nodes = await accessibilityTree(window);
  const byId = new Map(nodes.map((node) => [node.nodeId, node]));
  const is = (text: string) => (typeof name === "string" ? text === name : name.test(text));
  const root = nodes.find((node) => textOf(node.role) === role && is(textOf(node.name)));
  const below = (node: Node): Node[] => [
    node,
    ...(WHOLE.has(textOf(node.role)) ? [] : (node.childIds ?? [])).flatMap((id) => {
      const child = byId.get(id);
      return child === undefined ? [] : below(child);
    }),
  ];
  return root === undefined
    ? []
    : below(root)
        .filter(({ ignored }) => !ignored)
        .map(spokenOf);
}

/** Gives `treeitem Docs, Ready, 4 tools, 3 prompts; level 1, collapsed`. */
export function sentenceOf({ role, name, states, description }: Spoken): string {
  const more = [states.join(", "), description].filter(Boolean).join("; ");
  return more === "" ? `${role} ${name}` : `${role} ${name}; ${more}`;
}

async function accessibilityTree({ page }: CodeWindow): Promise<readonly Node[]> {
  const session = await page.context().newCDPSession(page);
  try {
    return (await session.send("Accessibility.getFullAXTree")).nodes;
  } finally {
    await session.detach();
  }
}

function spokenOf(node: Node): Spoken {
  return {
    role: textOf(node.role),
    name: textOf(node.name),
    description: textOf(node.description),
    states: (node.properties ?? []).flatMap(({ name, value }) => stateOf(name, value.value)),
  };
}

function stateOf(name: string, value: unknown): readonly string[] {
  switch (name) {
    case "level":
      return [`level ${value}`];
    case "expanded":
      return [value === true ? "expanded" : "collapsed"];
    case "checked":
      return [value === "true" ? "checked" : "not checked"];
    default:
      return [];
  }
}

function textOf(value: { readonly value?: unknown } | undefined): string {
  return typeof value?.value === "string" ? value.value : "";
}
