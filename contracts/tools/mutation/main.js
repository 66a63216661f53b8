import fs from 'node:fs';
import { parseArgs } from 'node:util';
import { mutants } from './sites.js';
import { outcome, prepare } from './trial.js';

const RESULTS = 'target/mutation/results.jsonl';

/** A generator of numbers below 1 that a seed determines (mulberry32). */
function random(seed) {
  let a = seed >>> 0;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

function sample(all, size, seed) {
  const next = random(seed);
  const rest = [...all];
  for (let i = rest.length - 1; i > 0; i--) {
    const j = Math.floor(next() * (i + 1));
    [rest[i], rest[j]] = [rest[j], rest[i]];
  }
  return rest.slice(0, size);
}

// the last word on each mutant that the sources still have
function known(all) {
  const results = new Map();
  if (fs.existsSync(RESULTS)) {
    for (const line of fs.readFileSync(RESULTS, 'utf8').split('\n').filter(Boolean)) {
      const result = JSON.parse(line);
      results.set(result.id, result);
    }
  }
  const ids = new Set(all.map((m) => m.id));
  return new Map([...results].filter(([id]) => ids.has(id)));
}

function report(all, results) {
  const count = (kind) => [...results.values()].filter((r) => r.outcome === kind).length;
  const [killed, survived] = [count('killed'), count('survived')];
  for (const r of results.values()) if (r.outcome === 'survived') console.log(`survived: ${r.id}`);
  const share = killed + survived === 0 ? '-' : ((100 * killed) / (killed + survived)).toFixed(1);
  console.log(
    `mutants ${all.length}, tried ${results.size}: killed ${killed}, survived ${survived} (${share} % killed), ` +
      `the same code ${count('equivalent')}, not compiling ${count('stillborn')}`,
  );
  return survived;
}

const { values: options } = parseArgs({
  options: {
    sample: { type: 'string' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string' },
    retry: { type: 'boolean' },
    list: { type: 'boolean' },
    report: { type: 'boolean' },
  },
});
const all = mutants();
const results = known(all);
let chosen = options.only ? all.filter((m) => m.id.includes(options.only)) : all;
if (options.sample) chosen = sample(chosen, Number(options.sample), Number(options.seed));
if (options.list) {
  for (const m of chosen) console.log(m.id);
} else if (!options.report) {
  const todo = chosen.filter((m) => !results.has(m.id) || (options.retry && results.get(m.id).outcome === 'survived'));
  const original = todo.length === 0 ? null : prepare();
  for (const [n, mutant] of todo.entries()) {
    const result = { id: mutant.id, ...outcome(mutant, original) };
    fs.appendFileSync(RESULTS, JSON.stringify(result) + '\n');
    results.set(mutant.id, result);
    console.log(`${n + 1}/${todo.length} ${result.outcome} ${result.id} ${result.by ?? ''}`);
  }
}
if (!options.list) process.exitCode = report(all, results) === 0 ? 0 : 1;
