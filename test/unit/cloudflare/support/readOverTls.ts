import { Connector } from "../../../../src/cloudflare/connect.ts";
import { isApiError } from "../../../../src/domain/apiError.ts";

/**
 * Run as a separate process, because Node reads the system's certificates once in a process. Prints
 * the id or the reason.
 */
const [apiRoot = "", systemCertificates] = process.argv.slice(2);
const connection = new Connector().connect({
  apiRoot,
  credential: { kind: "token", token: "t" },
  userAgent: "test/1",
  network: { environment: {}, systemCertificates: systemCertificates === "true" },
});
try {
  process.stdout.write((await connection.client("a").readServer("docs")).id);
} catch (error) {
  process.stdout.write(isApiError(error) ? error.reason : String(error));
}
await connection.close();
