import * as l10n from "@vscode/l10n";
import { type AccessApp, appOfPortal, appOfServer } from "../access/accessApp.ts";
import { letsIn, type Verdict } from "../access/policies.ts";
import {
  type AskedServer,
  askedServers,
  type Found,
  type Link,
  linkOf,
  type ReachAction,
  type ReachFacts,
  type ReachQuestion,
} from "./chain.ts";
import { usersFound } from "./usersFound.ts";
import { unread } from "./words.ts";

/** The portal's own application lets the user sign in. */
export function portalAppLink(facts: ReachFacts, question: ReachQuestion): Link {
  return linkOf("portalApp", [portalAppFound(facts, question)]);
}

function portalAppFound({ portal, apps }: ReachFacts, question: ReachQuestion): Found {
  const action = { kind: "openPortals" } as const;
  if (apps.kind !== "read") {
    return unread(apps);
  }
  const app = appOfPortal(apps.value, portal.hostname);
  if (app === undefined) {
    const sentence = l10n.t(
      "Users can't sign in to {0}: there is no Access application for {1}.",
      portal.name,
      portal.hostname,
    );
    const missing = { kind: "portalApp" } as const;
    return { state: "broken", sentence, action, missing, rule: "reach/no-access-app" };
  }
  const words = {
    noPolicies: () =>
      l10n.t(
        "Users can't sign in to {0}: its Access application has no Allow policy.",
        portal.name,
      ),
    nobody: () =>
      l10n.t(
        "Users can't sign in to {0}: the policies of its Access application let no user in.",
        portal.name,
      ),
    notLetIn: (email: string) =>
      l10n.t(
        "{0} can't sign in to {1}: no policy of its Access application lets them in.",
        email,
        portal.name,
      ),
  };
  return usersFound(app, question, words, action);
}

/** Each server's own application lets the user see it. */
export function serverAppLink(facts: ReachFacts, question: ReachQuestion): Link {
  const { apps, portal } = facts;
  if (apps.kind !== "read") {
    return linkOf("serverApp", [unread(apps)]);
  }
  const servers = askedServers(facts, question);
  if (servers.length === 0) {
    return linkOf("serverApp", [noServers(portal.name)]);
  }
  const found = servers.map(({ id, name }): Found => {
    const action = { kind: "openServer", serverId: id } as const;
    const app = appOfServer(apps.value, id);
    if (app === undefined) {
      const sentence = l10n.t("Users don't see {0}: it has no Access application.", name);
      const missing = { kind: "serverApp", serverId: id } as const;
      const rule = "reach/no-access-app";
      return { state: "broken", sentence, action, missing, rule, serverId: id };
    }
    const words = {
      noPolicies: () =>
        l10n.t("Users don't see {0}: its Access application has no Allow policy.", name),
      nobody: () =>
        l10n.t("Users don't see {0}: the policies of its Access application let no user in.", name),
      notLetIn: (email: string) =>
        l10n.t(
          "{0} doesn't see {1}: no policy of its Access application lets them in.",
          email,
          name,
        ),
    };
    return { ...usersFound(app, question, words, action), serverId: id };
  });
  return linkOf("serverApp", found);
}

export function noServers(portal: string): Found {
  return { state: "holds", sentence: l10n.t("{0} has no servers yet.", portal) };
}

/**
 * The servers that require user auth, although their applications and the portal's let service tokens
 * in. Nothing where the applications couldn't be read.
 */
export function tokensInVain(facts: ReachFacts): readonly Found[] {
  const { apps, portal } = facts;
  if (apps.kind !== "read" || !letsTokensIn(appOfPortal(apps.value, portal.hostname))) {
    return [];
  }
  return askedServers(facts, {}).flatMap(({ id, name }): readonly Found[] => {
    const isInVain =
      portal.mappings.get(id)?.onBehalf === true && letsTokensIn(appOfServer(apps.value, id));
    if (!isInVain) {
      return [];
    }
    const sentence = l10n.t(
      "Service tokens don't see {0}, although its Access application lets some in: it requires user auth.",
      name,
    );
    const action = { kind: "useAdminCredential", serverId: id } as const;
    return [
      { state: "broken", sentence, action, rule: "reach/service-token-user-auth", serverId: id },
    ];
  });
}

function letsTokensIn(app: AccessApp | undefined): boolean {
  return app?.policies?.some(({ decision }) => decision === "non_identity") ?? false;
}

/** A service token reaches the portal and its servers. */
export function serviceTokenLink(facts: ReachFacts, question: ReachQuestion): Link {
  const { serviceToken } = question;
  const servers = askedServers(facts, question);
  const userAuth = servers.filter(({ id }) => facts.portal.mappings.get(id)?.onBehalf === true);
  if (serviceToken === undefined) {
    return linkOf("serviceToken", [unasked(userAuth, servers.length)]);
  }
  if (serviceToken.endsWith(".access")) {
    return linkOf("serviceToken", [
      {
        state: "depends",
        sentence: l10n.t("{0} is a client id. Policies name a token by its id.", serviceToken),
        action: { kind: "ask", what: "serviceToken" },
      },
    ]);
  }
  const behalf = userAuth.map(({ id, name }): Found => {
    const sentence = l10n.t("A service token doesn't see {0}: it requires user auth.", name);
    return { state: "broken", sentence, action: { kind: "useAdminCredential", serverId: id } };
  });
  if (facts.apps.kind !== "read") {
    return linkOf("serviceToken", [...behalf, unread(facts.apps)]);
  }
  const apps = facts.apps.value;
  const ofPortal = policiesFound(appOfPortal(apps, facts.portal.hostname), serviceToken, {
    name: facts.portal.name,
    action: { kind: "openPortals" },
  });
  const ofServers = servers.flatMap(({ id, name }) =>
    policiesFound(appOfServer(apps, id), serviceToken, {
      name,
      action: { kind: "openServer", serverId: id },
    }),
  );
  const found = [...ofPortal, ...behalf, ...ofServers];
  return linkOf("serviceToken", found.length > 0 ? found : [nothingToAsk()]);
}

function unasked(userAuth: readonly AskedServer[], count: number): Found {
  const action = { kind: "ask", what: "serviceToken" } as const;
  const [only] = userAuth;
  if (only === undefined) {
    const sentence = l10n.t("Nobody asked about a service token.");
    return { state: "depends", sentence, action };
  }
  const sentence =
    userAuth.length === count && count > 1
      ? l10n.t("Service tokens see none of the servers, because all of them require user auth.")
      : l10n.t("Service tokens don't see {0}, because of user auth.", namesOf(userAuth));
  return { state: "depends", sentence, action };
}

function namesOf(servers: readonly AskedServer[]): string {
  const [first, ...rest] = servers;
  return rest.length === 0
    ? (first?.name ?? "")
    : l10n.t("{0} and {1} more", first?.name ?? "", rest.length);
}

interface TokenPlace {
  readonly name: string;
  readonly action: ReachAction;
}

/** Nothing where the links of the applications say that it is missing or couldn't be read. */
function policiesFound(
  app: AccessApp | undefined,
  tokenId: string,
  { name, action }: TokenPlace,
): readonly Found[] {
  return app?.policies === undefined
    ? []
    : [tokenFound(letsIn(app.policies, { kind: "service", tokenId }), name, action)];
}

function nothingToAsk(): Found {
  const sentence = l10n.t("There is no Access application whose policies could name the token.");
  return { state: "unknown", sentence };
}

function tokenFound(verdict: Verdict, name: string, action: ReachAction): Found {
  switch (verdict) {
    case "yes":
      return { state: "holds", sentence: l10n.t("{0} lets the token in.", name) };
    case "no": {
      const sentence = l10n.t(
        "The service token doesn't get into {0}: no Service Auth policy of its Access application names it.",
        name,
      );
      return { state: "broken", sentence, action };
    }
    case "depends": {
      const sentence = l10n.t(
        "Whether {0} lets the token in depends on conditions that can't be looked at here.",
        name,
      );
      return { state: "depends", sentence, action };
    }
  }
}
