// Runs test/core.ts of a checkout of the reference of ERC-8004 (erc-8004-contracts) against what abi/ holds, on
// Hardhat's chain. Nothing of it changes but how a registry is deployed: by its constructor, not behind a proxy.
import {spawnSync} from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

const REGISTRIES = ['IdentityRegistry', 'ReputationRegistry', 'ValidationRegistry'];
const DEPLOYMENT = /async function deploy(\w+)Proxy\([^)]*\) \{\n[\s\S]*?\n  \}\n/g;
const CONFIG = `import viem from '@nomicfoundation/hardhat-viem';
import assertions from '@nomicfoundation/hardhat-viem-assertions';
export default {plugins: [viem, assertions]};
`;

function write(file, text) {
  fs.mkdirSync(path.dirname(file), {recursive: true});
  fs.writeFileSync(file, text);
}

/** In Hardhat's form, so that a test finds it by name. */
function artifact(contractName) {
  const sourceName = `contracts/${contractName}.sol`;
  const bytecode = '0x' + fs.readFileSync(`abi/${contractName}.bin`, 'utf8').trim();
  return JSON.stringify({
    _format: 'hh3-artifact-1',
    contractName,
    sourceName,
    abi: JSON.parse(fs.readFileSync(`abi/${contractName}.abi`, 'utf8')),
    bytecode,
    deployedBytecode: '0x',
    linkReferences: {},
    deployedLinkReferences: {},
    immutableReferences: {},
    inputSourceName: sourceName,
  });
}

function byConstructor(tests) {
  const deployed = [];
  const patched = tests.replace(DEPLOYMENT, (_, name) => {
    deployed.push(name);
    return `const deploy${name}Proxy = (...identity) => viem.deployContract('${name}', identity);\n`;
  });
  if (deployed.join() !== REGISTRIES.join()) {
    throw new Error(`test/core.ts deploys [${deployed}], not [${REGISTRIES}]: another version?`);
  }
  return patched;
}

const checkout = path.resolve(process.argv[2] ?? '');
if (!fs.existsSync(path.join(checkout, 'node_modules/hardhat'))) {
  console.error('usage: contracts/tools/reference CHECKOUT, with npm ci --ignore-scripts run in it; Node 22 or newer');
  process.exit(2);
}
const tests = fs.readFileSync(path.join(checkout, 'test/core.ts'), 'utf8');
process.chdir(path.join(import.meta.dirname, '..'));
const work = 'target/reference';
fs.rmSync(work, {recursive: true, force: true});
write(`${work}/package.json`, '{"type": "module"}\n');
write(`${work}/hardhat.config.js`, CONFIG);
write(`${work}/core.ts`, byConstructor(tests));
for (const name of REGISTRIES) write(`${work}/artifacts/contracts/${name}.sol/${name}.json`, artifact(name));
fs.symlinkSync(path.join(checkout, 'node_modules'), `${work}/node_modules`);
const run = spawnSync(process.execPath, ['--import', 'tsx', '--test', 'core.ts'], {cwd: work, stdio: 'inherit'});
process.exitCode = run.status ?? 1;
