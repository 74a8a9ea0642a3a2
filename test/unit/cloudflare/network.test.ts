import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { Connector } from "../../../src/cloudflare/connect.ts";
import { parseRoot } from "../../../src/cloudflare/transport/call.ts";
import type { NetworkSettings } from "../../../src/cloudflare/transport/network.ts";
import { chooseProxy } from "../../../src/cloudflare/transport/network.ts";
import { describeFailure } from "../../../src/domain/diagnosis/apiErrors.ts";
import { aServer, ok, sendJson } from "./support/answers.ts";
import { cert, key } from "./support/certificate.ts";
import { HastyClock } from "./support/fakeClock.ts";
import { startProxy, type TestProxy } from "./support/proxy.ts";
import { RawServer } from "./support/rawServer.ts";
import { account, failure, token } from "./support/setUp.ts";

/** Uses only the given network settings, and nothing from the environment of the test run. */
function connected(apiRoot: string, network: NetworkSettings, deadlines = {}) {
  return new Connector().connect({
    apiRoot,
    credential: { kind: "token", token },
    userAgent: "test/1",
    network: { environment: {}, ...network },
    clock: new HastyClock(),
    deadlines,
  });
}

const named = "https://api.example.test/client/v4";

describe("a connection over TLS", () => {
  let server: RawServer;
  beforeEach(async () => {
    server = await RawServer.start((socket) => sendJson(socket, ok(aServer("docs"))), {
      key,
      cert,
    });
  });
  afterEach(() => server.close());

  it("sends nothing to a server with an untrusted certificate, and doesn't try again", async () => {
    const connection = connected(server.root, {});
    const error = await failure(connection.client(account).readServer("docs"));
    assert.deepEqual([error.kind, error.reason], ["offline", "tls"]);
    assert.match(describeFailure(error), /certificate couldn't be verified/);
    assert.equal(server.requests.length, 0);
    await connection.close();
  });

  it("takes any certificate where http.proxyStrictSSL is off", async () => {
    const connection = connected(server.root, { strictSsl: false });
    assert.equal((await connection.client(account).readServer("docs")).id, "docs");
    await connection.close();
    await server.idle();
  });

  it("trusts the certificates that the system trusts", async () => {
    const folder = await mkdtemp(join(tmpdir(), "certificates-"));
    const store = join(folder, "store.pem");
    await writeFile(store, cert);
    const script = new URL("support/readOverTls.ts", import.meta.url).pathname;
    const read = (systemCertificates: boolean) =>
      promisify(execFile)(process.execPath, [script, server.root, String(systemCertificates)], {
        env: { ...process.env, SSL_CERT_FILE: store },
      });
    assert.equal((await read(true)).stdout, "docs");
    assert.equal((await read(false)).stdout, "tls");
    await rm(folder, { recursive: true });
  });
});

describe("a proxy", () => {
  let server: RawServer;
  let proxy: TestProxy;
  beforeEach(async () => {
    server = await RawServer.start((socket) => sendJson(socket, ok(aServer("docs"))), {
      key,
      cert,
    });
    proxy = await startProxy(server.port);
  });
  afterEach(async () => {
    await proxy.close();
    await server.close();
  });

  const settings: readonly (readonly [string, () => NetworkSettings])[] = [
    ["http.proxy", () => ({ proxy: proxy.url })],
    ["https_proxy", () => ({ environment: { https_proxy: proxy.url } })],
    ["HTTPS_PROXY", () => ({ environment: { HTTPS_PROXY: proxy.url } })],
    ["ALL_PROXY", () => ({ environment: { ALL_PROXY: proxy.url } })],
    [
      "http.proxy before the environment",
      () => ({ proxy: proxy.url, environment: { HTTPS_PROXY: "http://127.0.0.1:1" } }),
    ],
  ];
  for (const [name, network] of settings) {
    it(`named by ${name} is used, with its password`, async () => {
      const connection = connected(named, { strictSsl: false, ...network() });
      assert.equal((await connection.client(account).readServer("docs")).id, "docs");
      const login = Buffer.from("user:p@ss").toString("base64");
      assert.deepEqual(proxy.tunnels, [`api.example.test:443 Basic ${login}`]);
      assert.equal(server.requests[0]?.headers.get("authorization"), `Bearer ${token}`);
      await connection.close();
      await server.idle();
    });
  }

  it("isn't used for a host that http.noProxy or NO_PROXY names", async () => {
    const settings: readonly NetworkSettings[] = [
      { proxy: proxy.url, noProxy: ["*.example.test"] },
      { environment: { https_proxy: proxy.url, no_proxy: "localhost,.example.test" } },
    ];
    for (const network of settings) {
      const connection = connected(named, network);
      // The name can't be resolved, so the reason shows that the connection was direct.
      assert.equal((await failure(connection.client(account).readServer("docs"))).reason, "dns");
      await connection.close();
    }
    assert.deepEqual(proxy.tunnels, []);
  });

  it("isn't used for this machine", () => {
    assert.equal(chooseProxy(parseRoot(server.root), { proxy: proxy.url }), undefined);
  });

  for (const status of [403, 407, 502]) {
    it(`that answers ${status} is named in the error`, async () => {
      const refusing = await startProxy(server.port, status);
      const connection = connected(named, { proxy: refusing.url });
      const error = await failure(connection.client(account).readServer("docs"));
      assert.deepEqual([error.kind, error.reason], ["offline", "proxy"]);
      assert.match(describeFailure(error), /http\.proxy/);
      assert.ok(!`${error.message}${error.stack}`.includes("p@ss"));
      await connection.close();
      await refusing.close();
    });
  }

  it("that can't be reached is named in the error", async () => {
    const connection = connected(named, { proxy: "http://user:secret@127.0.0.1:1" });
    const error = await failure(connection.client(account).readServer("docs"));
    assert.equal(error.kind, "offline");
    assert.ok(["proxy", "connectionRefused"].includes(error.reason));
    assert.ok(
      !JSON.stringify([error.message, error.stack, String(error.cause)]).includes("secret"),
    );
    await connection.close();
  });

  for (const bad of ["not a url", "ftp://127.0.0.1:21", "http://user:secret@"]) {
    it(`with the address "${bad}" is refused, and nothing goes past it`, async () => {
      const connection = connected(named, { proxy: bad });
      const error = await failure(connection.client(account).readServer("docs"));
      assert.equal(error.reason, "proxy");
      assert.ok(!`${error.message}${error.stack}${String(error.cause)}`.includes("secret"));
      await connection.close();
    });
  }

  it("may have an address without a scheme, as environments have them", () => {
    const environment = { https_proxy: "proxy.example.com:8080", no_proxy: "a,b" };
    assert.deepEqual(chooseProxy(parseRoot(named), { environment }), {
      uri: "http://proxy.example.com:8080",
      noProxy: "a,b",
    });
  });
});

describe("a connection that fails", () => {
  it("says that a name can't be looked up", async () => {
    const connection = connected("https://nowhere.invalid/client/v4", {});
    const error = await failure(connection.accounts.listAccounts());
    assert.deepEqual([error.kind, error.reason], ["offline", "dns"]);
    await connection.close();
  });

  it("says that nobody listens at a port", async () => {
    const connection = connected("http://127.0.0.1:1/client/v4", {});
    const error = await failure(connection.accounts.listAccounts());
    assert.deepEqual([error.kind, error.reason], ["offline", "connectionRefused"]);
    await connection.close();
  });

  it("gives up on a handshake that never ends", async () => {
    const silent = await RawServer.start(() => undefined);
    const root = `https://127.0.0.1:${silent.port}/`;
    const connection = connected(root, {}, { connect: 20, headers: 20 });
    const error = await failure(connection.accounts.listAccounts());
    assert.deepEqual([error.kind, error.reason], ["offline", "timeout"]);
    await connection.close();
    await silent.idle();
    await silent.close();
  });
});
