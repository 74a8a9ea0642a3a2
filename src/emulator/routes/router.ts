import { permit, refuse } from "../identity.ts";
import { type Answer, generalError, Refusal } from "../wire/answers.ts";
import { accessRoutes } from "./access.ts";
import { accountsRoutes } from "./accounts.ts";
import { analyticsRoutes } from "./analytics.ts";
import type { Call, Route } from "./call.ts";
import { portalRoutes } from "./portals.ts";
import { serverRoutes } from "./servers.ts";
import { zoneRoutes } from "./zones.ts";

const routes: readonly Route[] = [
  ...accountsRoutes,
  ...zoneRoutes,
  ...[...serverRoutes, ...portalRoutes, ...analyticsRoutes, ...accessRoutes].map(
    ({ handle, path, ...route }): Route => ({
      ...route,
      path: `/accounts/:account${path}`,
      handle: (call) => handle({ ...call, account: accountOf(call) }),
    }),
  ),
];

const compiled = routes.map((route) => ({ route, segments: route.path.split("/") }));

export interface Destination {
  readonly route: Route;
  readonly params: Readonly<Record<string, string>>;
}

/** The endpoint of a path. @throws Refusal of the gateway for an unknown path */
export function findRoute(method: string, path: string): Destination {
  const segments = path.split("/");
  for (const { route, segments: pattern } of compiled) {
    if (route.method !== method) {
      continue;
    }
    const params = matchSegments(pattern, segments);
    if (params) {
      return { route, params };
    }
  }
  throw new Refusal(
    generalError(
      404,
      {
        code: 7003,
        message: `Could not route to ${path}, perhaps your object identifier is invalid?`,
      },
      { code: 7000, message: "No route for that URI" },
    ),
  );
}

/** Checks the permission that the endpoint requires, then calls it. */
export async function serve({ route, params }: Destination, call: Call): Promise<Answer> {
  if (route.needs !== "identity") {
    permit(call.principal, route.needs, call.emulation.clock.now(), params["account"]);
  }
  return await route.handle(call);
}

function matchSegments(
  pattern: readonly string[],
  segments: readonly string[],
): Record<string, string> | undefined {
  if (pattern.length !== segments.length) {
    return undefined;
  }
  const params: Record<string, string> = {};
  for (const [index, expected] of pattern.entries()) {
    const actual = segments[index] ?? "";
    if (!expected.startsWith(":")) {
      if (expected !== actual) {
        return undefined;
      }
      continue;
    }
    const value = decode(actual);
    if (value === undefined || !isAcceptable(expected, value)) {
      return undefined;
    }
    params[expected.slice(1)] = value;
  }
  return params;
}

/** The gateway itself refuses impossible account ids. */
function isAcceptable(parameter: string, value: string): boolean {
  return parameter === ":account" ? /^[0-9a-f]{32}$/.test(value) : value !== "";
}

function decode(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}

function accountOf({ emulation, params }: Call) {
  const account = emulation.store.accounts.get(params["account"] ?? "");
  if (!account) {
    throw refuse(403, { code: 10000, message: "Authentication error" });
  }
  return account;
}
