// Reads .bru files with Bruno's own parser, one line of JSON each: {"text"} in, what it reads out.
import { createRequire } from 'node:module';
import readline from 'node:readline';

const { bruToJsonV2 } = createRequire(`${process.cwd()}/`)('@usebruno/lang');

function read(text) {
  try {
    return { error: '', read: bruToJsonV2(text) };
  } catch (error) {
    return { error: String(error), read: null };
  }
}

for await (const line of readline.createInterface({ input: process.stdin, crlfDelay: Infinity })) {
  process.stdout.write(`${JSON.stringify(read(JSON.parse(line).text))}\n`);
}
