import type { CallOptions } from "../../domain/cloudflareClient.ts";
import type { Portal } from "../../domain/portals/portal.ts";
import type { ReachFacts, ReachQuestion, SurroundingFacts } from "../../domain/reach/chain.ts";
import { PERMISSIONS } from "../../domain/reach/chain.ts";
import { type Reach, walkChain } from "../../domain/reach/walkChain.ts";
import { dnsFacts, look, type ReachClient, readApps, readDns } from "./look.ts";

type LookOptions = CallOptions & {
  /** Also asks the portal's endpoint, which only a person may want. */
  readonly probe?: boolean;
};

/**
 * Why users don't see a portal, one of its servers or a tool. What the credential may not read is
 * told and no failure. Rejects only when it is aborted.
 */
export async function explain(
  api: ReachClient,
  place: Pick<ReachFacts, "portal" | "serverOf">,
  question: ReachQuestion = {},
  options: LookOptions = {},
): Promise<Reach> {
  const surroundings = await lookAround(api, place.portal, question, options);
  return walkChain({ ...surroundings, ...place }, question);
}

/** Reads what the links need beside the portal and its servers. Rejects only when it is aborted. */
export async function lookAround(
  api: ReachClient,
  portal: Portal,
  { serverId }: ReachQuestion,
  { probe = false, ...call }: LookOptions = {},
): Promise<SurroundingFacts> {
  const servers = [...portal.mappings.keys(), ...(serverId === undefined ? [] : [serverId])];
  const [dns, apps, probed] = await Promise.all([
    readDns(api, portal.hostname, call),
    look(PERMISSIONS.access, () => readApps(api, [portal.hostname], servers, call)),
    probe ? look("", () => api.probePortal(portal, call)) : undefined,
  ]);
  return { dns: dnsFacts(dns), apps, probe: probed?.kind === "read" ? probed.value : undefined };
}
