// Compiles the escrow, from the files or with one of them changed, and no more than it needs.
import fs from 'node:fs';
import { createRequire } from 'node:module';

const solc = createRequire(import.meta.url)('solc');
const ENTRY = 'src/deal/DealEscrow.sol';

function read(name) {
  for (const file of [name, `node_modules/${name.replace(/^solady\//, 'solady/src/')}`]) {
    if (fs.existsSync(file)) return { contents: fs.readFileSync(file, 'utf8') };
  }
  return { error: `not found: ${name}` };
}

function compile(changed, wanted) {
  const sources = { [ENTRY]: { content: fs.readFileSync(ENTRY, 'utf8') } };
  for (const [file, content] of Object.entries(changed)) sources[file] = { content };
  const input = {
    language: 'Solidity',
    sources,
    settings: {
      evmVersion: 'cancun',
      optimizer: { enabled: true, runs: 200 },
      metadata: { bytecodeHash: 'none', appendCBOR: false },
      outputSelection: wanted,
    },
  };
  return JSON.parse(solc.compile(JSON.stringify(input), { import: read }));
}

/** The escrow's creation code, or null if it does not compile. */
export function creationCode(changed = {}) {
  const out = compile(changed, { [ENTRY]: { DealEscrow: ['evm.bytecode.object'] } });
  return out.contracts?.[ENTRY]?.DealEscrow?.evm.bytecode.object || null;
}

/** The syntax trees of all files that the escrow is made of, by their names. */
export function syntaxTrees() {
  const out = compile({}, { '*': { '': ['ast'] } });
  const trees = Object.entries(out.sources ?? {}).map(([file, { ast }]) => [file, ast]);
  if (trees.length === 0) throw new Error(out.errors.map((e) => e.formattedMessage).join('\n'));
  return Object.fromEntries(trees);
}
