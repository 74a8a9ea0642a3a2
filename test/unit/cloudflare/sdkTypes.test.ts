import type { APIError } from "cloudflare";
import type { RecordCreateParams } from "cloudflare/resources/dns/records";
import type {
  PortalListResponse,
  PortalReadResponse,
} from "cloudflare/resources/zero-trust/access/ai-controls/mcp/portals";
import type {
  ServerCreateParams,
  ServerListResponse,
  ServerReadResponse,
  ServerSyncResponse,
  ServerUpdateParams,
} from "cloudflare/resources/zero-trust/access/ai-controls/mcp/servers";
import type { ApplicationCreateParams } from "cloudflare/resources/zero-trust/access/applications/applications";
import type { PolicyCreateParams } from "cloudflare/resources/zero-trust/access/applications/policies";
import type { GroupListResponse } from "cloudflare/resources/zero-trust/access/groups";
import type { InferInput } from "valibot";
import type { PortalOverride } from "../../../src/cloudflare/layeredOverrides.ts";
import type { PORTAL_SERVER_WIRE, PORTAL_WIRE } from "../../../src/cloudflare/portals.ts";
import type { SERVER_WIRE, SYNC_WIRE } from "../../../src/cloudflare/servers.ts";
import type {
  AccessGroup,
  NewAccessPolicy,
  NewPortalApp,
  NewServerApp,
} from "../../../src/domain/access/newAccess.ts";
import type { NewDnsRecord } from "../../../src/domain/access/newDnsRecord.ts";
import type { ApiProblem } from "../../../src/domain/apiError.ts";
import type { Override } from "../../../src/domain/catalogue/overrides.ts";
import type { NewServer, ServerPatch } from "../../../src/domain/servers/server.ts";

/*
 * Nothing here runs: an upgrade of Cloudflare's SDK shows what has changed as a type error. Sets of
 * values are written out, since our own types take any text.
 */
type ServerIn = InferInput<typeof SERVER_WIRE>;
type PortalIn = InferInput<typeof PORTAL_WIRE>;
type PortalServerIn = InferInput<typeof PORTAL_SERVER_WIRE>;
type SdkPortalServer = PortalReadResponse.Server;

/** Every value that the SDK promises is one that we take. */
type Takes<Ours, Theirs extends Ours> = Theirs;
/** The same values, no more and no fewer. */
type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false;
/** They have no field that we don't know. */
type Knows<Ours, Theirs> = Same<Exclude<keyof Theirs, keyof Ours>, never>;
/** Our bodies are read-only, theirs aren't. */
type Sendable<T> = {
  -readonly [K in keyof T]: T[K] extends readonly (infer I)[] | undefined ? I[] : T[K];
};
type Writable<T> = T extends object ? { -readonly [K in keyof T]: Writable<T[K]> } : T;
type True<T extends true> = T;

/** A problem as we read it: of theirs we pass over the link to the documentation. */
interface ProblemIn {
  code?: ApiProblem["code"];
  message?: ApiProblem["message"];
  source?: { pointer?: string };
  documentation_url?: string;
}

export type Answers = [
  Takes<ServerIn, ServerReadResponse>,
  Takes<ServerIn, ServerListResponse>,
  Takes<InferInput<typeof SYNC_WIRE>, ServerSyncResponse>,
  Takes<PortalIn, PortalReadResponse>,
  Takes<PortalIn, PortalListResponse>,
  Takes<ServerIn & PortalServerIn, SdkPortalServer>,
  Takes<Override, ServerReadResponse.UpdatedTool>,
  Takes<Override, ServerReadResponse.UpdatedPrompt>,
  Takes<PortalOverride, PortalReadResponse.Server.UpdatedTool>,
  Takes<PortalOverride, PortalReadResponse.Server.UpdatedPrompt>,
  Takes<readonly ProblemIn[], APIError["errors"]>,
  Takes<Partial<Record<keyof AccessGroup, unknown>>, GroupListResponse>,
];

export type Fields = [
  True<Knows<ServerIn, ServerReadResponse>>,
  True<Knows<InferInput<typeof SYNC_WIRE>, ServerSyncResponse>>,
  True<Knows<PortalIn, PortalReadResponse>>,
  True<Knows<ServerIn & PortalServerIn, SdkPortalServer>>,
  True<Knows<Override, ServerReadResponse.UpdatedTool>>,
  True<Knows<PortalOverride, PortalReadResponse.Server.UpdatedTool>>,
  True<Knows<ProblemIn, APIError["errors"][number]>>,
  True<Knows<ServerPatch & { account_id: string }, ServerUpdateParams>>,
  True<Knows<NewServer & { account_id: string }, ServerCreateParams>>,
];

export type Values = [
  True<Same<ServerReadResponse["auth_type"], "oauth" | "bearer" | "unauthenticated">>,
  True<Same<NonNullable<ServerReadResponse["status"]>, "waiting" | "ready" | "stale" | "error">>,
  True<
    Same<
      NonNullable<ServerReadResponse["authentication_status"]>,
      "not_required" | "required" | "connected" | "stale" | "manual"
    >
  >,
  True<
    Same<NonNullable<PortalReadResponse["code_mode"]>, "off" | "opt_in" | "default_on" | "enforced">
  >,
];

export type Bodies = [
  Takes<Omit<ServerUpdateParams, "account_id">, Sendable<ServerPatch>>,
  Takes<
    Omit<ServerCreateParams, "account_id" | "auth_type">,
    Sendable<Omit<NewServer, "auth_type">>
  >,
  Takes<Omit<RecordCreateParams.CNAMERecord, "zone_id">, NewDnsRecord>,
  Takes<ApplicationCreateParams.McpServerPortalApplication, Writable<NewPortalApp>>,
  Takes<ApplicationCreateParams.McpServerApplication, Writable<NewServerApp>>,
  // The SDK's own type for other applications lacks the fields that the API requires.
  Takes<PolicyCreateParams.AccessInfraPolicyReq, Writable<NewAccessPolicy>>,
];
