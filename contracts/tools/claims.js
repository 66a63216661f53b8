// Holds what documents say against the tests: every test, handler and file that the threat model and the list of
// invariants name exists, and every refusal of the escrow is expected by name in some test.
import fs from 'node:fs';
import path from 'node:path';

const DOCUMENTS = ['../docs/contracts/threat-model.md', 'test/invariant/README.md', '../docs/registries.md'];
const ERRORS = 'src/deal/IDealErrors.sol';

const sources = fs
  .readdirSync('test', { recursive: true })
  .filter((f) => f.endsWith('.sol'))
  .map((f) => [path.basename(f), fs.readFileSync(path.join('test', f), 'utf8')]);
const tests = sources.map(([, text]) => text).join('\n');
const functions = new Set([...tests.matchAll(/^ {4}function (\w+)\(/gm)].map((m) => m[1]));
const files = new Set(sources.map(([name]) => name));

const problems = [];
let named = 0;
for (const document of DOCUMENTS) {
  const text = fs.readFileSync(document, 'utf8');
  for (const [, name] of text.matchAll(/`((?:test|invariant_|do[A-Z]|check[A-Z])\w*)`/g)) {
    named++;
    if (!functions.has(name)) problems.push(`${document}: no ${name}`);
  }
  for (const [, file] of text.matchAll(/`(?:\w+\/)?((?:\w+\.)+sol)`/g)) {
    named++;
    if (!files.has(file)) problems.push(`${document}: no ${file}`);
  }
}
const errors = [...fs.readFileSync(ERRORS, 'utf8').matchAll(/^ {4}error (\w+)\(/gm)].map((m) => m[1]);
for (const error of errors) {
  if (!tests.includes(`IDealErrors.${error}.selector`)) problems.push(`${ERRORS}: no test expects ${error}`);
}
for (const problem of problems) console.error(`contracts: ${problem}`);
if (problems.length > 0) process.exitCode = 1;
else console.log(`claims: ${named} tests named, ${errors.length} refusals expected`);
