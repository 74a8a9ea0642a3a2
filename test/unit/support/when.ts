/** The values that a `when` clause reads: context keys with their values. */
export type WhenContext = Readonly<Record<string, string | boolean>>;

const TOKEN = /\s*(\(|\)|&&|\|\||!=|==|=~|!|\/(?:\\.|[^/])+\/|[\w.;-]+)/uy;

/**
 * Evaluates a `when` clause with the operators that package.json uses. `&&` binds more tightly than
 * `||`, as in VS Code.
 */
export function holds(clause: string, context: WhenContext): boolean {
  const tokens = tokensOf(clause);
  let at = 0;
  const take = (token: string): boolean => {
    const isThere = tokens[at] === token;
    at += isThere ? 1 : 0;
    return isThere;
  };
  const either = (): boolean => {
    let value = both();
    while (take("||")) {
      value = both() || value;
    }
    return value;
  };
  const both = (): boolean => {
    let value = single();
    while (take("&&")) {
      value = single() && value;
    }
    return value;
  };
  const single = (): boolean => {
    if (take("!")) {
      return !single();
    }
    if (take("(")) {
      const value = either();
      if (!take(")")) {
        throw new Error(`No ")" at token ${at} of ${clause}`);
      }
      return value;
    }
    return comparison();
  };
  const comparison = (): boolean => {
    const key = tokens[at++] ?? "";
    const value = context[key] ?? "";
    if (take("==")) {
      return String(value) === tokens[at++];
    }
    if (take("!=")) {
      return String(value) !== tokens[at++];
    }
    if (take("=~")) {
      return new RegExp((tokens[at++] ?? "").slice(1, -1), "u").test(String(value));
    }
    return Boolean(value);
  };
  const value = either();
  if (at < tokens.length) {
    throw new Error(`Unread after token ${at} of ${clause}`);
  }
  return value;
}

function tokensOf(clause: string): readonly string[] {
  const tokens = [...clause.matchAll(new RegExp(TOKEN.source, "guy"))].map(
    ([, token = ""]) => token,
  );
  if (tokens.join("") !== clause.replaceAll(/\s+/gu, "")) {
    throw new Error(`Not a clause that is understood: ${clause}`);
  }
  return tokens;
}
