// @azure/msal-node, unmodified: does what each line of standard input says (JSON), and answers with a line each.
// The first line makes the application: {authority, clientId} and {secret}, {certificate: {key, thumbprint, chain}} or
// neither for a public client. Each other one is {call, ...}, a function of the application and what it is given.
import { createRequire } from "node:module";
import { join } from "node:path";
import { createInterface } from "node:readline";

const require = createRequire(join(process.cwd(), "package.json"));
const { ConfidentialClientApplication, PublicClientApplication } = require("@azure/msal-node");
const say = (value) => console.log(JSON.stringify(value));
const CALLS = {
  client: (asked) => application.acquireTokenByClientCredential(asked),
  address: (asked) => application.getAuthCodeUrl(asked),
  code: ({ returned, ...asked }) => application.acquireTokenByCode(asked, returned),
  silent: async (asked) => {
    const [account] = await application.getTokenCache().getAllAccounts();
    return application.acquireTokenSilent({ ...asked, account, forceRefresh: true });
  },
  behalf: (asked) => application.acquireTokenOnBehalfOf(asked),
  device: (asked) =>
    application.acquireTokenByDeviceCode({
      ...asked,
      deviceCodeCallback: ({ userCode, verificationUri }) => say({ userCode, verificationUri }),
    }),
};
let application;

function made({ authority, clientId, secret, certificate }) {
  const auth = { clientId, authority, knownAuthorities: [new URL(authority).host] };
  if (certificate) {
    const { key: privateKey, thumbprint: thumbprintSha256, chain: x5c } = certificate;
    return new ConfidentialClientApplication({ auth: { ...auth, clientCertificate: { privateKey, thumbprintSha256, x5c } } });
  }
  if (secret) return new ConfidentialClientApplication({ auth: { ...auth, clientSecret: secret } });
  return new PublicClientApplication({ auth });
}

for await (const line of createInterface({ input: process.stdin })) {
  const { call, ...asked } = JSON.parse(line);
  if (!call) {
    application = made(asked);
    continue;
  }
  try {
    const got = await CALLS[call](asked);
    const { accessToken, idTokenClaims, scopes, fromCache } = got;
    say(typeof got === "string" ? { url: got } : { accessToken, idTokenClaims, scopes, fromCache });
  } catch (refused) {
    const { errorCode, errorMessage, status, errorNo, claims } = refused;
    say({ errorCode, errorMessage, status, errorNo, claims });
  }
}
