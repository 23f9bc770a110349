// An independent, strict authorization server for end-to-end tests: npm `oidc-provider` with its own sign-in pages.
// Standard input: JSON {key, certificate, authority}, PEM texts for https. It chooses its ports; one line of JSON on standard
// output, {issuer, mtls}, says that both listen. Clients register themselves at /reg (RFC 7591).
import { createRequire } from "node:module";
import { generateKeyPairSync, randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:https";
import { join } from "node:path";
import { text } from "node:stream/consumers";

const require = createRequire(join(process.cwd(), "package.json"));
const { Provider, errors } = await import(require.resolve("oidc-provider"));
const { key, certificate, authority } = JSON.parse(await text(process.stdin));

// Two doors, as real ones have them: browsers come to the first, which asks for no certificate, and clients with one to the
// second, which the metadata names in `mtls_endpoint_aliases` (RFC 8705 section 5).
const doors = [
  createServer({ key, cert: certificate }),
  createServer({ key, cert: certificate, ca: authority, requestCert: true, rejectUnauthorized: false }),
];
await Promise.all(doors.map((door) => once(door.listen(0, "127.0.0.1"), "listening")));
const [issuer, mtls] = doors.map((door) => `https://127.0.0.1:${door.address().port}`);

const endpoints = {
  token_endpoint: "token",
  introspection_endpoint: "token/introspection",
  revocation_endpoint: "token/revocation",
  device_authorization_endpoint: "device/auth",
  pushed_authorization_request_endpoint: "request",
};
const aliases = Object.fromEntries(Object.entries(endpoints).map(([name, path]) => [name, `${mtls}/${path}`]));

const APIS = { "urn:peer:jwt": "jwt", "urn:peer:opaque": "opaque" };

function certificateOf(ctx) {
  return ctx.socket.getPeerX509Certificate?.();
}

function signingKey(type, options, alg) {
  const { privateKey } = generateKeyPairSync(type, options);
  return { ...privateKey.export({ format: "jwk" }), kid: `peer-${alg}`, use: "sig", alg };
}

// Whoever sends this as Basic without form-encoding it first (RFC 6749 section 2.3.1) is refused.
const odd = { client_id: "odd:id", client_secret: "a:b+c%2F d&e=f~'\"", grant_types: ["client_credentials"] };

const provider = new Provider(issuer, {
  clients: [{ ...odd, redirect_uris: [], response_types: [], token_endpoint_auth_method: "client_secret_basic" }],
  jwks: {
    keys: [signingKey("rsa", { modulusLength: 2048 }, "RS256"), signingKey("ec", { namedCurve: "P-256" }, "ES256")],
  },
  cookies: { keys: [randomBytes(32).toString("hex")] },
  discovery: { mtls_endpoint_aliases: aliases },
  clientAuthMethods: [
    "client_secret_basic", "client_secret_post", "client_secret_jwt", "private_key_jwt",
    "tls_client_auth", "self_signed_tls_client_auth", "none",
  ],
  claims: { openid: ["sub"], profile: ["name"], email: ["email"] },
  findAccount: (_, id) => ({
    accountId: id,
    claims: () => ({ sub: id, name: `Person ${id}`, email: `${id}@people.example` }),
  }),
  scopes: ["openid", "offline_access", "orders.read", "orders.write"],
  rotateRefreshToken: () => true,
  // `needs_dpop_nonce: true` in a registration: this client's proofs must carry the server's nonce (RFC 9449 section 8).
  extraClientMetadata: { properties: ["needs_dpop_nonce"] },
  features: {
    clientCredentials: { enabled: true },
    devInteractions: { enabled: true },
    deviceFlow: { enabled: true },
    introspection: { enabled: true },
    revocation: { enabled: true },
    registration: { enabled: true },
    pushedAuthorizationRequests: { enabled: true },
    dPoP: {
      enabled: true,
      nonceSecret: randomBytes(32),
      requireNonce: (ctx) => ctx.oidc.client?.needs_dpop_nonce === true,
    },
    mTLS: {
      enabled: true,
      certificateBoundAccessTokens: true,
      selfSignedTlsClientAuth: true,
      tlsClientAuth: true,
      getCertificate: certificateOf,
      certificateAuthorized: (ctx) => ctx.socket.authorized === true,
      certificateSubjectMatches: (ctx, property, expected) => {
        const { subject, subjectAltName } = certificateOf(ctx);
        if (property === "tls_client_auth_subject_dn") return subject.split("\n").reverse().join(",") === expected;
        const kinds = { tls_client_auth_san_dns: "DNS", tls_client_auth_san_uri: "URI", tls_client_auth_san_email: "email" };
        return (subjectAltName ?? "").split(", ").includes(`${kinds[property]}:${expected}`);
      },
    },
    resourceIndicators: {
      enabled: true,
      useGrantedResource: () => true,
      getResourceServerInfo: (_, resource) => {
        const accessTokenFormat = APIS[resource];
        if (!accessTokenFormat) throw new errors.InvalidTarget();
        const scope = "orders.read orders.write";
        return { scope, accessTokenFormat, accessTokenTTL: 900, jwt: { sign: { alg: "RS256" } } };
      },
    },
  },
});
for (const door of doors) door.on("request", provider.callback());
console.log(JSON.stringify({ issuer, mtls }));
