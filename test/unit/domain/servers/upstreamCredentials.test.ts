import { deepEqual, equal } from "node:assert/strict";
import {
  bearerProblem,
  endpointProblem,
  headerNameProblem,
  headersCredentials,
  headerValueProblem,
  manualCredentials,
  redirectUrisProblem,
} from "../../../../src/domain/servers/upstreamCredentials.ts";

const client = {
  authorizationEndpoint: "https://id.example.com/authorize",
  tokenEndpoint: "https://id.example.com/token",
  issuer: "",
  revocationEndpoint: "",
  clientId: "client",
  redirectUris: [],
  method: "none",
  scope: "",
  clientSecret: "",
} as const;

describe("upstream credentials", () => {
  it("are JSON text for headers, whatever they are called", () =>
    deepEqual(
      headersCredentials(
        new Map([
          ["__proto__", "a"],
          ["constructor", "b"],
        ]),
      ),
      {
        auth_credentials: '{"headers":{"__proto__":"a","constructor":"b"}}',
      },
    ));

  it("leave out of an OAuth client what was left empty", () =>
    deepEqual(manualCredentials(client), {
      auth_credentials:
        '{"auth_mode":"manual","config":{"authorization_endpoint":"https://id.example.com/authorize","token_endpoint":"https://id.example.com/token"},"registration_info":{"client_id":"client","token_endpoint_auth_method":"none"}}',
    }));

  it("send a client's secret beside the text, not in it", () =>
    equal(manualCredentials({ ...client, clientSecret: "s" }).client_secret, "s"));

  it("are held to what a header can carry", () => {
    const none: ReadonlySet<string> = new Set();
    for (const good of ["X-Api-Key", "a", "__proto__"]) {
      equal(headerNameProblem(good, none), undefined);
    }
    for (const bad of ["", "a b", "a:b", "ä", "a\nb"]) {
      equal(typeof headerNameProblem(bad, none), "string");
    }
    equal(typeof headerNameProblem("X-A", new Set(["x-a"])), "string");
    equal(headerValueProblem("a b"), undefined);
    for (const bad of ["", " ", "a\nb", "ä"]) {
      equal(typeof headerValueProblem(bad), "string");
    }
    equal(bearerProblem("abc.def"), undefined);
    for (const bad of ["", "Bearer abc", '{"headers":{}}', "a\nb"]) {
      equal(typeof bearerProblem(bad), "string");
    }
  });

  it("go to https, or to this machine", () => {
    for (const good of ["https://a.example/x", "http://127.0.0.1:1/x", "http://localhost/x"]) {
      equal(endpointProblem(good), undefined, good);
    }
    for (const bad of ["http://a.example/x", "a.example", "", "javascript:alert(1)"]) {
      equal(typeof endpointProblem(bad), "string", bad);
    }
    equal(redirectUrisProblem("https://a.example/x myapp:/back", true), undefined);
    equal(typeof redirectUrisProblem("", true), "string");
    equal(redirectUrisProblem("", false), undefined);
    equal(typeof redirectUrisProblem("https://a.example nonsense", true), "string");
  });
});
