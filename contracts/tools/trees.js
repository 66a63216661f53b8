// Holds every test's branching tree, NAME.tree beside NAME.t.sol, against the tests: each leaf names its test in
// brackets, each test has one leaf, each branch leads to a leaf, and the root is the test contract.
import fs from 'node:fs';
import path from 'node:path';

// these prove what a list of branches does not say
const WITHOUT_TREE = ['test/gas', 'test/invariant'];

function problems(file) {
  const source = fs.readFileSync(file, 'utf8');
  const tests = [...source.matchAll(/^ {4}function (test\w*)\(/gm)].map((m) => m[1]);
  const tree = file.replace(/\.t\.sol$/, '.tree');
  if (!fs.existsSync(tree)) return [`${tree} is missing`];
  const found = [];
  const say = (line, what) => found.push(`${tree}:${line}: ${what}`);
  const [root, ...lines] = fs.readFileSync(tree, 'utf8').trimEnd().split('\n');
  if (!source.includes(`contract ${root} is `)) say(1, `no contract ${root}`);
  const leaves = new Set();
  let before = { depth: 0, leaf: false };
  lines.forEach((text, index) => {
    const line = index + 2;
    const [, lead, rest] = text.match(/^((?:│   |    )*(?:├── |└── ))(\S.*)$/) ?? [];
    if (!lead) return say(line, `not a branch: ${text}`);
    const depth = lead.length / 4;
    const leaf = /^it .+ \((test\w+)\)$/.exec(rest)?.[1];
    if (depth > before.depth + 1) say(line, 'more than one step in');
    if (depth > before.depth && before.leaf) say(line, 'below a leaf');
    if (index > 0 && depth <= before.depth && !before.leaf) say(line - 1, 'a branch without a leaf');
    if (leaf && !tests.includes(leaf)) say(line, `no test ${leaf}`);
    if (leaf && leaves.has(leaf)) say(line, `${leaf} again`);
    if (leaf) leaves.add(leaf);
    before = { depth, leaf: leaf !== undefined };
  });
  if (!before.leaf) say(lines.length + 1, 'a branch without a leaf');
  for (const test of tests) if (!leaves.has(test)) say(1, `no leaf for ${test}`);
  return found;
}

const files = fs
  .readdirSync('test', { recursive: true })
  .map((f) => path.join('test', f))
  .filter((f) => f.endsWith('.t.sol') && !WITHOUT_TREE.includes(path.dirname(f)))
  .sort();
const found = files.flatMap(problems);
for (const problem of found) console.error(`contracts: ${problem}`);
if (found.length > 0) process.exitCode = 1;
else console.log(`trees: ${files.length} beside their tests`);
