// Runs scripts that are handed in, one line of JSON each, and tells what they hand to fetch and to MSAL.
'use strict';
const readline = require('node:readline');

const Script = Object.getPrototypeOf(async () => {}).constructor;
const NAMES = ['fetch', 'process', 'console', 'ConfidentialClientApplication', 'X509Certificate', 'readFileSync'];

function spies(calls, environment) {
  async function fetch(url, options) {
    const { headers, body, ...more } = options;
    const told = { url, method: more.method, redirect: more.redirect, headers: Object.entries(headers ?? {}) };
    calls.push({ ...told, body: body === undefined ? null : body.toString(), isBytes: Buffer.isBuffer(body) });
    return { status: 200, statusText: 'OK', text: async () => '', json: async () => ({ access_token: 'got' }) };
  }
  class ConfidentialClientApplication {
    constructor(made) {
      calls.push(made);
    }
    async acquireTokenByClientCredential(asked) {
      calls.push(asked);
      return { accessToken: 'got' };
    }
  }
  class X509Certificate {
    constructor(content) {
      this.fingerprint256 = `AB:CD of ${content}`;
    }
  }
  const silent = { log() {} };
  return [fetch, { env: environment }, silent, ConfidentialClientApplication, X509Certificate, (name) => `in ${name}`];
}

async function run({ text, environment }) {
  const calls = [];
  try {
    await new Script(...NAMES, `'use strict';\n${text}`)(...spies(calls, environment));
  } catch (error) {
    return { error: String(error), calls };
  }
  return { error: '', calls };
}

async function main() {
  for await (const line of readline.createInterface({ input: process.stdin, crlfDelay: Infinity })) {
    process.stdout.write(`${JSON.stringify(await run(JSON.parse(line)))}\n`);
  }
}

main();
