import type { IncomingHttpHeaders } from "node:http";
import * as z from "zod";
import type { Control } from "./control.ts";
import type { Emulation } from "./emulation.ts";
import { INVALID_TOKEN, isInForce, refuse, tokenOptionsSchema } from "./identity.ts";
import { switchesSchema, writeSchema } from "./switches/schemas.ts";
import { type Answer, generalError, json, Refusal } from "./wire/answers.ts";
import type { Body } from "./wire/http.ts";

type Handler = (body: unknown, headers: IncomingHttpHeaders) => unknown;

const advanceSchema = z.strictObject({ advance: z.number().nonnegative() });
const accountSchema = z.strictObject({
  id: z.string().regex(/^[0-9a-f]{32}$/),
  name: z.string().max(350),
});
const tokenRequestSchema = z.strictObject({
  ...tokenOptionsSchema.shape,
  name: z.string().max(350),
});
const authorizationSchema = z.strictObject({
  server: z.string(),
  accessToken: z.string().regex(/^[\w.~+/=-]{1,4096}$/),
  account: z.string().optional(),
});
const revokeSchema = z.strictObject({ secret: z.string() });

/**
 * The control over HTTP, for tests in another process. It requires a valid token that may write,
 * and reads the body only after checking it. It validates every value, so that no request can break
 * the process.
 */
export class ControlDoor {
  readonly #emulation: Emulation;
  readonly #handlers: ReadonlyMap<string, Handler>;

  constructor(emulation: Emulation, control: Control) {
    this.#emulation = emulation;
    this.#handlers = new Map<string, Handler>([
      ["GET log", () => control.log()],
      ["DELETE log", () => control.clearLog()],
      ["POST switches", (body) => control.switches(switchesSchema.parse(body))],
      ["DELETE switches", () => control.resetSwitches()],
      ["POST writes", (body) => control.write(writeSchema.parse(body))],
      ["POST clock", (body) => control.advance(advanceSchema.parse(body).advance)],
      ["POST sync", () => control.backgroundSync()],
      ["POST tokens", (body) => addToken(control, body)],
      ["DELETE tokens", (body) => control.revokeToken(revokeSchema.parse(body).secret)],
      ["POST authorizations", (body) => authorizeUser(control, body)],
      ["POST accounts", (body) => addAccount(control, body)],
      ["GET portals", (_body, headers) => control.portals(`http://${headers.host}`)],
      ["GET state", () => control.state()],
    ]);
  }

  /** @param read reads the request's body; called once the request is authenticated */
  async answer(
    method: string,
    name: string,
    headers: IncomingHttpHeaders,
    read: () => Promise<Body>,
  ): Promise<Answer> {
    try {
      this.#authenticate(headers);
      const handler = this.#handlers.get(`${method} ${name}`);
      if (!handler) {
        return json(404, { error: `no control "${method} ${name}"` });
      }
      const { parsed, isJson, bytes } = await read();
      if (bytes > 0 && !isJson) {
        return json(400, { error: "The body isn't JSON, or is nested too deeply" });
      }
      const result = await handler(parsed, headers);
      await this.#emulation.saved();
      return json(200, result ?? {});
    } catch (error) {
      if (error instanceof Refusal) {
        return error.answer;
      }
      return json(400, {
        error: error instanceof z.ZodError ? z.prettifyError(error) : `${error}`,
      });
    }
  }

  /** @throws Refusal */
  #authenticate(headers: IncomingHttpHeaders): void {
    const principal = this.#emulation.identities.identify(headers);
    if (!isInForce(principal, this.#emulation.clock.now())) {
      throw refuse(401, INVALID_TOKEN);
    }
    if (principal.kind !== "token" || principal.token.permission !== "write") {
      throw new Refusal(generalError(403, { code: 10000, message: "Authentication error" }));
    }
  }
}

function addToken(control: Control, body: unknown) {
  const { name, ...options } = tokenRequestSchema.parse(body);
  return control.addToken(name, options);
}

function addAccount(control: Control, body: unknown): void {
  const { id, name } = accountSchema.parse(body);
  control.addAccount(id, name);
}

function authorizeUser(control: Control, body: unknown): Promise<void> {
  const { server, accessToken, account } = authorizationSchema.parse(body);
  return control.authorizeUser(server, accessToken, account);
}
