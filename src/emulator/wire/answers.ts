/** An answer to a request. */
export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

export interface ApiProblem {
  readonly code: number;
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly error_chain?: readonly { readonly code: number; readonly message: string }[];
}

/** Thrown where a request can't be served. */
export class Refusal extends Error {
  readonly answer: Answer;

  constructor(answer: Answer) {
    super(`refused with ${answer.status}`);
    this.answer = answer;
  }
}

/** The envelope of Cloudflare's older endpoints. */
export function general(result: unknown, more: Readonly<Record<string, unknown>> = {}): Answer {
  return json(200, { success: true, errors: [], messages: [], result, ...more });
}

/** The error envelope of the gateway and of the older endpoints. */
export function generalError(status: number, ...errors: readonly ApiProblem[]): Answer {
  return json(status, { success: false, errors, messages: [], result: null });
}

/** The envelope of the AI controls. On success it has been seen without `errors` and `messages`. */
export function plain(result: unknown, status = 200): Answer {
  return json(status, { success: true, result });
}

/** The same with a result that is JSON text in pieces. */
export function plainPieces(result: readonly Buffer[], status = 200): Answer {
  return { status, body: Buffer.concat([OBJECT_START, ...result, END]) };
}

/** A list of results that are JSON text in pieces. */
export function plainList(results: readonly (readonly Buffer[])[], info: unknown): Answer {
  const pieces = results.flatMap((result, index) => (index === 0 ? result : [COMMA, ...result]));
  const end = Buffer.from(`],"result_info":${JSON.stringify(info)}}`);
  return { status: 200, body: Buffer.concat([LIST_START, ...pieces, end]) };
}

const LIST_START = Buffer.from('{"success":true,"result":[');
const OBJECT_START = Buffer.from('{"success":true,"result":');
const COMMA = Buffer.from(",");
const END = Buffer.from("}");

/** The error envelope of the AI controls. */
export function plainError(status: number, ...errors: readonly ApiProblem[]): Answer {
  return json(status, { success: false, errors, result: {} });
}

export function notFound(): Refusal {
  return new Refusal(plainError(404, { code: 7002, message: "Not Found" }));
}

export function invalid(message: string, path?: readonly (string | number)[]): Refusal {
  return new Refusal(plainError(400, { code: 7001, message, ...(path ? { path } : {}) }));
}

export function json(status: number, value: unknown): Answer {
  return { status, body: JSON.stringify(value) };
}
