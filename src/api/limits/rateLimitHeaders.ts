import { type Headers, header } from "../answers/headers.ts";

/** What is left of a limit, and for how long. */
export interface Limit {
  readonly quota: number;
  readonly remaining: number;
  readonly resetMs: number;
}

interface Item {
  readonly name: string;
  readonly parameters: ReadonlyMap<string, number>;
}

/**
 * `Ratelimit: "default";r=50;t=30` with `Ratelimit-Policy: "default";q=100;w=60`. Of several limits
 * the one that is nearest to running dry. A limit without a policy is taken to be `usualQuota`.
 */
export function readLimit(headers: Headers, usualQuota: number): Limit | undefined {
  const policies = new Map(
    items(header(headers, "ratelimit-policy")).map(({ name, parameters }) => [name, parameters]),
  );
  return items(header(headers, "ratelimit"))
    .flatMap(({ name, parameters }): readonly Limit[] => {
      const remaining = parameters.get("r");
      const seconds = parameters.get("t");
      return remaining === undefined || seconds === undefined
        ? []
        : [
            {
              quota: policies.get(name)?.get("q") || usualQuota,
              remaining,
              resetMs: seconds * 1000,
            },
          ];
    })
    .sort((a, b) => a.remaining / a.quota - b.remaining / b.quota)[0];
}

/** A structured field's list (RFC 9651) of quoted names with whole numbers as parameters. */
function items(text: string | undefined): readonly Item[] {
  return (text ?? "").split(",").map((item) => {
    const [name = "", ...parameters] = item.split(";").map((part) => part.trim());
    return {
      name,
      parameters: new Map(
        parameters.flatMap((parameter) => {
          const match = /^(\w+)=(\d+)$/.exec(parameter);
          return match?.[1] === undefined ? [] : [[match[1], Number(match[2])] as const];
        }),
      ),
    };
  });
}
