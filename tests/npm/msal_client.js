// @azure/msal-node, unmodified: client credentials with what standard input says (JSON), the answer on standard output.
// Input: {authority, clientId, scope, secret} or {authority, clientId, scope, certificate: {key, thumbprint, chain}}.
import { createRequire } from "node:module";
import { join } from "node:path";
import { text } from "node:stream/consumers";

const require = createRequire(join(process.cwd(), "package.json"));
const { ConfidentialClientApplication } = require("@azure/msal-node");
const asked = JSON.parse(await text(process.stdin));
const proof = asked.certificate
  ? {
      clientCertificate: {
        privateKey: asked.certificate.key,
        thumbprintSha256: asked.certificate.thumbprint,
        x5c: asked.certificate.chain,
      },
    }
  : { clientSecret: asked.secret };
const authority = asked.authority;
const application = new ConfidentialClientApplication({
  auth: { clientId: asked.clientId, authority, knownAuthorities: [new URL(authority).host], ...proof },
});
try {
  const got = await application.acquireTokenByClientCredential({ scopes: [asked.scope] });
  console.log(JSON.stringify({ accessToken: got.accessToken }));
} catch (refused) {
  const { errorCode, errorMessage, status, errorNo } = refused;
  console.log(JSON.stringify({ errorCode, errorMessage, status, errorNo }));
}
