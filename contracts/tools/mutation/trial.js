// A copy of the project whose tests run against whatever creation code is put into its abi/.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { creationCode } from './compiler.js';

const TREE = path.resolve('target/mutation/tree');
const FORGE = path.resolve('node_modules/.bin/forge');
// a mutant may loop for ever; the whole run takes seconds
const TIME_LIMIT_MS = 15 * 60_000;
const ENVIRONMENT = {
  ...process.env,
  EARNEST_RELEASE: 'true',
  FOUNDRY_PROFILE: 'default',
  FOUNDRY_FUZZ_RUNS: '64',
  FOUNDRY_INVARIANT_RUNS: '32',
  FOUNDRY_INVARIANT_SHRINK_RUN_LIMIT: '1',
};

// quick and telling first; all run against abi/ but the last, which hold libraries themselves and take a
// compilation of their own
const STAGES = [
  { name: 'tests', args: ['--no-match-path', 'test/{gas,invariant}/*'] },
  { name: 'invariants', args: ['--match-path', 'test/invariant/*'] },
  { name: 'arithmetic', args: ['--match-path', 'test/deal/Arithmetic.t.sol'], of: /(LegMath|Accumulator|Lanes)\.sol$/ },
  { name: 'signatures', args: ['--match-path', 'test/common/Signatures.t.sol'], of: /Signatures\.sol$/ },
];

export function prepare() {
  fs.rmSync(TREE, { recursive: true, force: true });
  fs.mkdirSync(TREE, { recursive: true });
  for (const part of ['src', 'test', 'tools', 'abi', 'foundry.toml']) {
    fs.cpSync(part, path.join(TREE, part), { recursive: true });
  }
  fs.symlinkSync(path.resolve('node_modules'), path.join(TREE, 'node_modules'));
  // absent on a machine where the tests never ran
  for (const part of ['out', 'cache']) {
    if (fs.existsSync(part)) fs.cpSync(part, path.join(TREE, part), { recursive: true, preserveTimestamps: true });
  }
  const original = creationCode();
  putCode(original);
  for (const stage of STAGES) {
    const run = test(stage);
    if (run.status !== 0) throw new Error(`unchanged, ${stage.name} fail:\n${run.stdout}${run.stderr}`);
  }
  return original;
}

function putCode(code) {
  fs.writeFileSync(path.join(TREE, 'abi/DealEscrow.bin'), code + '\n');
}

function test(stage) {
  const args = ['test', '-j', '1', '--fail-fast', ...stage.args];
  return spawnSync(FORGE, args, { cwd: TREE, env: ENVIRONMENT, encoding: 'utf8', timeout: TIME_LIMIT_MS, killSignal: 'SIGKILL' });
}

/** What becomes of a mutant: stillborn, equivalent (the same code), killed (by which test), survived. */
export function outcome(mutant, original) {
  const code = creationCode({ [mutant.file]: mutant.mutated });
  if (code === null) return { outcome: 'stillborn' };
  if (code === original) return { outcome: 'equivalent' };
  putCode(code);
  const source = path.join(TREE, mutant.file);
  const unchanged = fs.readFileSync(source);
  try {
    for (const stage of STAGES) {
      if (stage.of && !stage.of.test(mutant.file)) continue;
      if (stage.of) fs.writeFileSync(source, mutant.mutated);
      const run = test(stage);
      if (run.error?.code === 'ETIMEDOUT') return { outcome: 'killed', by: `${stage.name}: time` };
      if (run.status !== 0) return { outcome: 'killed', by: `${stage.name}: ${firstFailure(run.stdout)}` };
    }
  } finally {
    fs.writeFileSync(source, unchanged);
  }
  return { outcome: 'survived' };
}

function firstFailure(output) {
  const line = output.split('\n').find((l) => l.includes('[FAIL')) ?? output.trim().split('\n').at(-1) ?? '';
  return line.replace(/\x1b\[[0-9;]*m/g, '').trim().slice(0, 160);
}
