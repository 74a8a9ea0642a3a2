import { promisify } from "node:util";
import { brotliDecompress, gunzip, inflate } from "node:zlib";
import { ApiError, type FailureReason } from "../../domain/apiError.ts";
import { type Call, type Headers, header } from "./call.ts";

/**
 * Most bytes of one body, compressed and decompressed. It is about five times the largest page of a
 * well-filled account.
 */
export const DEFAULT_BODY_LIMIT = 24 * 1024 * 1024;

const UNPACKERS = new Map([
  ["gzip", promisify(gunzip)],
  ["x-gzip", promisify(gunzip)],
  ["br", promisify(brotliDecompress)],
  ["deflate", promisify(inflate)],
]);

/**
 * Collects a body of at most `limit` bytes. Calls `beat` for each chunk. Throws an ApiError beyond
 * the limit.
 */
export async function collect(
  call: Call,
  chunks: AsyncIterable<Buffer>,
  limit: number,
  beat: () => void,
): Promise<Buffer> {
  const kept: Buffer[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    beat();
    size += chunk.length;
    if (size > limit) {
      throw unreadable(call, "tooLarge", `a body of more than ${limit} bytes`);
    }
    kept.push(chunk);
  }
  return kept.length === 1 && kept[0] !== undefined ? kept[0] : Buffer.concat(kept, size);
}

/**
 * Decompresses a body to at most `limit` bytes, off the main thread. Throws an ApiError beyond the
 * limit.
 */
export async function decode(
  call: Call,
  headers: Headers,
  packed: Buffer,
  limit: number,
): Promise<string> {
  const encoding = (header(headers, "content-encoding") ?? "identity").trim().toLowerCase();
  if (encoding === "identity" || encoding === "" || packed.length === 0) {
    return utf8(packed);
  }
  const unpack = UNPACKERS.get(encoding);
  if (unpack === undefined) {
    throw unreadable(call, "notJson", "a content-encoding that wasn't asked for");
  }
  try {
    return utf8(await unpack(packed, { maxOutputLength: limit }));
  } catch (cause) {
    const large = cause instanceof RangeError;
    throw unreadable(
      call,
      large ? "tooLarge" : "notJson",
      large ? `a body that unpacks to more than ${limit} bytes` : `a body that isn't ${encoding}`,
      cause,
    );
  }
}

/** Skips a byte order mark, which is allowed before JSON but which JSON.parse rejects. */
function utf8(bytes: Buffer): string {
  const marked = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  return bytes.toString("utf8", marked ? 3 : 0);
}

function unreadable(call: Call, reason: FailureReason, detail: string, cause?: unknown): ApiError {
  return new ApiError(`${call.method} ${call.path}: ${detail}`, { kind: "invalid", reason, cause });
}
