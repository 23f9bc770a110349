// An independent authorization server for the bench: client credentials with a secret, access tokens as RS256 JWTs.
// Each token carries as much as one of the sandbox does: what Entra ID writes into a token of an application.
// Usage: node oidc_provider.js PORT CLIENT_ID CLIENT_SECRET; prints "Ready" when it listens.
import { generateKeyPairSync } from "node:crypto";
import { createRequire } from "node:module";
import { join } from "node:path";

const require = createRequire(join(process.cwd(), "package.json"));
const { Provider } = await import(require.resolve("oidc-provider"));
const [port, clientId, clientSecret] = process.argv.slice(2);
const resource = "urn:bench:api";
const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });

const guid = "7e0c4d1a-52f3-4b8e-9a60-d1f2c3b4a596";
const more = {
  nbf: 1700000000,
  aio: "5-SuQTE2n3DgplB9FWIFUMfT3mLMzPAnswSXHXGfC1A",
  azp: guid,
  azpacr: "1",
  idp: "http://127.0.0.1/sandbox/huypst4ufqt366p5/sts",
  oid: guid,
  rh: "1.NNp22j242iaBXIJoWo4TMMHBnty7zTvP8245VjixTpU.",
  roles: ["Orders.Read", "Orders.Write"],
  tid: guid,
  uti: "F20V14flvHdUmtk2y3wvlA",
  ver: "2.0",
};

const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: [
    {
      client_id: clientId,
      client_secret: clientSecret,
      grant_types: ["client_credentials"],
      redirect_uris: [],
      response_types: [],
      token_endpoint_auth_method: "client_secret_post",
    },
  ],
  jwks: { keys: [{ ...privateKey.export({ format: "jwk" }), kid: "G8q4uT89RO0KKYCwbZ0Lm2MdlRk", use: "sig", alg: "RS256" }] },
  extraTokenClaims: () => more,
  features: {
    clientCredentials: { enabled: true },
    devInteractions: { enabled: false },
    resourceIndicators: {
      enabled: true,
      defaultResource: () => resource,
      getResourceServerInfo: () => ({
        scope: "orders",
        accessTokenFormat: "jwt",
        accessTokenTTL: 3600,
        jwt: { sign: { alg: "RS256" } },
      }),
    },
  },
});
provider.listen(Number(port), "127.0.0.1", () => console.log("Ready"));
