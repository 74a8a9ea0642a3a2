import { parseServer } from "../../../../src/cloudflare/servers.ts";
import { problemsOf } from "../../../../src/cloudflare/transport/envelope.ts";
import { ApiError } from "../../../../src/domain/apiError.ts";
import type { CloudflareClient } from "../../../../src/domain/cloudflareClient.ts";
import type { Server, ServerPatch } from "../../../../src/domain/servers/server.ts";
import type { ServerRecord } from "../../../../src/emulator/state/records.ts";
import { serverView, updateServer } from "../../../../src/emulator/state/servers.ts";
import { DEFAULT_BEHAVIOURS } from "../../../../src/emulator/switches/schemas.ts";
import { Refusal } from "../../../../src/emulator/wire/answers.ts";
import { applyBodySwitches, updateServerBody } from "../../../../src/emulator/wire/bodies.ts";
import { check } from "../../../../src/emulator/wire/validation.ts";
import { FaultyRemote } from "./faultyRemote.ts";
import { unusedClient } from "./unusedClient.ts";

/** One server at Cloudflare. It obeys the emulator's rules, but uses no socket. */
export class Cloudflare extends FaultyRemote<ServerRecord, Server, ServerPatch> {
  protected override readonly ignorable = [
    "updated_tools",
    "updated_tools.alias",
    "updated_prompts",
    "name",
  ] as const;

  override now(): Server {
    return parseServer(JSON.parse(JSON.stringify(serverView(this.record, DEFAULT_BEHAVIOURS))));
  }

  client(): CloudflareClient {
    return {
      ...unusedClient(),
      listServers: async () => ({ items: [await this.read()], rejected: [] }),
      readServer: () => this.read(),
      updateServer: (_id, patch) => this.update(patch),
    };
  }

  protected override applied(patch: ServerPatch, ignoreFields: readonly string[]): ServerRecord {
    const behaviours = { ...DEFAULT_BEHAVIOURS, ignoreFields: [...ignoreFields] };
    const sent: unknown = JSON.parse(JSON.stringify(patch));
    return orRefusal(() => {
      const body = check(updateServerBody, applyBodySwitches(sent, behaviours), "body");
      const author = { by: "window", at: "2026-10-10T10:00:00Z" };
      return updateServer(this.record, body, behaviours, author);
    });
  }
}

/** Runs the emulator's code. What it refuses becomes the client's error. */
export function orRefusal<T>(run: () => T): T {
  try {
    return run();
  } catch (error) {
    throw error instanceof Refusal ? refusal(error) : error;
  }
}

function refusal({ answer }: Refusal): ApiError {
  const body: { readonly errors?: unknown } = JSON.parse(String(answer.body));
  return new ApiError("refused", {
    kind: "invalid",
    reason: "refused",
    status: answer.status,
    problems: problemsOf(body.errors),
  });
}
