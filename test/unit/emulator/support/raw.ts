import { type IncomingHttpHeaders, request } from "node:http";

export interface RawReply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  /** True when the server asked for the body with "100 Continue". */
  readonly wasAskedForBody: boolean;
}

/** Sends a request with headers that `fetch` doesn't allow, such as Host and Expect. */
export function rawRequest(
  url: string,
  method: string,
  headers: Readonly<Record<string, string>>,
  body?: string | readonly Buffer[],
): Promise<RawReply> {
  const { promise, resolve, reject } = Promise.withResolvers<RawReply>();
  let wasAskedForBody = false;
  const sent = request(url, { method, headers, agent: false }, (response) => {
    let text = "";
    response.on("data", (chunk: Buffer) => {
      text += chunk.toString();
    });
    response.on("end", () => {
      const { statusCode = 0 } = response;
      resolve({ status: statusCode, headers: response.headers, text, wasAskedForBody });
      sent.destroy();
    });
    response.on("error", reject);
  });
  sent.on("error", reject);
  sent.on("continue", () => {
    wasAskedForBody = true;
    end();
  });
  if (headers["expect"] === undefined) {
    end();
  } else {
    sent.flushHeaders();
  }
  return promise;

  function end(): void {
    for (const chunk of typeof body === "string" ? [body] : (body ?? [])) {
      sent.write(chunk);
    }
    sent.end();
  }
}
