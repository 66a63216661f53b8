// Fails where a declaration in src/ has no natspec comment before it.
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const DECLARATION = /^\s*(function|modifier|event|error|struct|enum)\b/;
const root = fileURLToPath(new URL('../src', import.meta.url));

const isLinterNote = (line) => line.startsWith('// forge-lint');
const isNatspec = (line) => line.startsWith('///') || line.endsWith('*/');

function undocumented(file) {
  const lines = fs.readFileSync(file, 'utf8').split('\n').map((line) => line.trim());
  return lines.flatMap((line, i) => {
    if (!DECLARATION.test(line)) return [];
    let above = i - 1;
    while (above >= 0 && isLinterNote(lines[above])) above--;
    return above >= 0 && isNatspec(lines[above]) ? [] : [`${path.relative(root, file)}:${i + 1} ${line}`];
  });
}

const sources = fs
  .readdirSync(root, { recursive: true })
  .filter((name) => name.endsWith('.sol'))
  .map((name) => path.join(root, name));
const missing = sources.flatMap(undocumented);
if (sources.length === 0 || missing.length > 0) {
  console.error(`contracts: no natspec at\n${missing.join('\n')}`);
  process.exit(1);
}
console.log(`natspec: ${sources.length} sources documented`);
