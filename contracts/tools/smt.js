// The npm compiler has no solver inside, but hands its questions to a callback: here z3 answers them. `unchecked`
// is taken out of all sources first, so that every operation that cannot revert is a target as well.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';

const solc = createRequire(import.meta.url)('solc');
// takes every path of code without loops, which is all that is looked at here; chc is the other engine
const ENGINE = process.env.ENGINE ?? 'bmc';
const PROOFS = ['LegMathProof', 'ClosingProof', 'TimesProof', 'PanelTallyProof', 'StorageProof'];
const CONTROL = 'Control';
// the solver's work on one question, so that the answer does not hang on the machine; and a last resort in seconds
const WORK = 30_000_000;
const SECONDS = 15;
const QUERY = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'smt-')), 'query.smt2');
const SPACER = ['rewriter.pull_cheap_ite=true', 'fp.spacer.q3.use_qgen=true', 'fp.spacer.mbqi=false', 'fp.spacer.ground_pobs=false'];

function read(name) {
  const file = fs.existsSync(name) ? name : `node_modules/${name.replace(/^solady\//, 'solady/src/')}`;
  return fs.readFileSync(file, 'utf8').replace(/\bunchecked \{/g, '{');
}

function answer(query) {
  fs.writeFileSync(QUERY, query);
  const run = spawnSync('z3', ['-smt2', `-T:${SECONDS}`, `rlimit=${WORK}`, ...SPACER, QUERY], { encoding: 'utf8' });
  return run.error ? { error: run.error.message } : { contents: run.stdout };
}

function messages(contract) {
  const file = `test/smt/${contract}.sol`;
  const input = {
    language: 'Solidity',
    sources: { [file]: { content: read(file) } },
    settings: {
      evmVersion: 'cancun',
      modelChecker: {
        contracts: { [file]: [contract] },
        engine: ENGINE,
        solvers: ['smtlib2'],
        targets: ['assert', 'overflow', 'underflow', 'divByZero', 'outOfBounds'],
        showProvedSafe: true,
        showUnproved: true,
        timeout: SECONDS * 1000,
      },
    },
  };
  const load = (name) => {
    try {
      return { contents: read(name) };
    } catch (e) {
      return { error: e.message };
    }
  };
  const out = JSON.parse(solc.compile(JSON.stringify(input), { import: load, smtSolver: answer }));
  const broken = (out.errors ?? []).filter((e) => e.severity === 'error');
  if (broken.length > 0) throw new Error(broken.map((e) => e.formattedMessage ?? e.message).join('\n'));
  return out.errors ?? [];
}

// the worst first: an expression that is looked at from several places counts as what it is in the worst
const VERDICTS = [
  ['refuted', /(?<!might )happens here/],
  ['unproved', /might happen here|Error during interaction/],
  ['proved', /check is safe!/],
];

// what the checker said of each expression
function targets(contract) {
  const found = new Map();
  for (const { message, sourceLocation: at } of messages(contract)) {
    const rank = VERDICTS.findIndex(([, words]) => words.test(message));
    if (rank < 0 || !at) continue;
    const text = read(at.file);
    const before = text.slice(0, at.start);
    const expression = text.slice(at.start, at.end).replace(/\s+/g, ' ');
    const within = [...before.matchAll(/function (\w+)/g)].at(-1)?.[1] ?? '';
    const line = `${at.file}:${before.split('\n').length} ${within}: ${expression}`;
    found.set(line, Math.min(rank, found.get(line) ?? rank));
  }
  return [...found].map(([line, rank]) => ({ line, verdict: VERDICTS[rank][0] }));
}

// a solver that does not refute what is false proves nothing by its silence
function requireRefuted() {
  const claims = targets(CONTROL).filter((t) => t.line.includes(': assert('));
  if (claims.length !== 2 || claims.some((t) => t.verdict !== 'refuted')) {
    throw new Error(`what test/smt/${CONTROL}.sol claims is false, and was not refuted`);
  }
}

try {
  requireRefuted();
  const wanted = process.argv.slice(2);
  const all = PROOFS.filter((name) => wanted.length === 0 || wanted.includes(name)).flatMap((contract) => {
    console.log(contract);
    const found = targets(contract);
    for (const { verdict, line } of found) console.log(`  ${verdict.padEnd(8)} ${line}`);
    return found;
  });
  const count = (verdict) => all.filter((t) => t.verdict === verdict).length;
  console.log(`proved ${count('proved')}, unproved ${count('unproved')}, refuted ${count('refuted')}`);
  if (all.length === 0 || count('refuted') > 0) process.exitCode = 1;
} catch (e) {
  console.error(`contracts: ${e.message}`);
  process.exitCode = 1;
} finally {
  fs.rmSync(path.dirname(QUERY), { recursive: true });
}
