/** A workflow command as a runner of GitHub Actions understands it. */
export interface Command {
  readonly name: string;
  readonly properties: ReadonlyMap<string, string>;
  readonly data: string;
}

/**
 * The commands in a log. Written from what the runner does with each line: `::` counts at the beginning,
 * blanks aside, and else `##[` wherever it is; other runners look for `##name[`.
 */
export function commandsIn(log: string): readonly Command[] {
  return log.split(/\r\n|\r|\n|\u2028|\u0085/u).flatMap((line) => commandIn(line) ?? []);
}

function commandIn(line: string): Command | undefined {
  const [, head, data = ""] = /^\s*::(.*?)::(.*)$/su.exec(line) ?? [];
  if (head === undefined) {
    const [marked] = /##\w*\[[^\]]*\]?/u.exec(line) ?? [];
    return marked === undefined ? undefined : { name: marked, properties: new Map(), data: line };
  }
  const space = head.indexOf(" ");
  const name = space < 0 ? head : head.slice(0, space);
  const listed = space < 0 ? [] : head.slice(space + 1).split(",");
  const properties = new Map(
    listed.map((each) => {
      const [key = "", ...value] = each.split("=");
      return [key, unescaped(value.join("="), true)] as const;
    }),
  );
  return { name, properties, data: unescaped(data, false) };
}

function unescaped(text: string, isProperty: boolean): string {
  const plain = text.replaceAll("%0D", "\r").replaceAll("%0A", "\n");
  const more = isProperty ? plain.replaceAll("%3A", ":").replaceAll("%2C", ",") : plain;
  return more.replaceAll("%25", "%");
}
