import type { IncomingHttpHeaders } from "node:http";
import * as z from "zod";
import type { Control } from "./control.ts";
import type { Emulation } from "./emulation.ts";
import { tokenOptionsSchema } from "./identity.ts";
import { switchesSchema, writeSchema } from "./switches/schemas.ts";
import { type Answer, generalError, json, Refusal } from "./wire/answers.ts";

type Handler = (body: unknown) => unknown;

const advanceSchema = z.strictObject({ advance: z.number().nonnegative() });
const accountSchema = z.strictObject({ id: z.string().regex(/^[0-9a-f]{32}$/), name: z.string() });
const tokenRequestSchema = tokenOptionsSchema.extend({ name: z.string() });

/** The control over HTTP, for tests in another process. It asks for a token that may write. */
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
      ["POST accounts", (body) => addAccount(control, body)],
      ["GET state", () => control.state()],
    ]);
  }

  async answer(
    method: string,
    name: string,
    headers: IncomingHttpHeaders,
    body: unknown,
  ): Promise<Answer> {
    try {
      const principal = this.#emulation.identities.identify(headers);
      const mayControl = principal.kind === "token" && principal.token.permission === "write";
      if (!mayControl) {
        return generalError(403, { code: 10000, message: "Authentication error" });
      }
      const handler = this.#handlers.get(`${method} ${name}`);
      if (!handler) {
        return json(404, { error: `no control "${method} ${name}"` });
      }
      const result = await handler(body);
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
}

function addToken(control: Control, body: unknown) {
  const { name, ...options } = tokenRequestSchema.parse(body);
  return control.addToken(name, options);
}

function addAccount(control: Control, body: unknown): void {
  const { id, name } = accountSchema.parse(body);
  control.addAccount(id, name);
}
