// Runs test/x402BatchSettlement.t.sol of a checkout of x402 (contracts/evm, with its lib/forge-std) against
// ChannelHub. Nothing of it changes but where names of structs and errors are looked up: Solidity does not find
// inherited ones through the contract.
import {spawnSync} from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

const FILES = [
  'test/x402BatchSettlement.t.sol',
  'test/mocks/MockBatchDepositCollectors.sol',
  'test/mocks/MockERC20.sol',
  'src/interfaces/IDepositCollector.sol',
];
const OURS = `// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;
import {ChannelHub} from "hub/ChannelHub.sol";
import {IChannelHub} from "hub/IChannelHub.sol";
contract x402BatchSettlement is ChannelHub {}
`;

const evm = path.resolve(process.argv[2], 'contracts/evm');
const forgeStd = path.join(evm, 'lib/forge-std/src');
if (!fs.existsSync(path.join(forgeStd, 'Test.sol'))) {
  console.error('usage: contracts/tools/reference CHECKOUT, with its submodules');
  process.exit(2);
}
const contracts = path.join(import.meta.dirname, '..');
const work = path.join(contracts, 'target/reference-channels');
fs.rmSync(work, {recursive: true, force: true});
const copies = [...FILES.map((file) => [path.join(evm, file), file]), [forgeStd, 'lib/forge-std']];
for (const [from, to] of copies) fs.cpSync(from, path.join(work, to), {recursive: true});
fs.writeFileSync(path.join(work, 'src/x402BatchSettlement.sol'), OURS);
const tests = path.join(work, FILES[0]);
const named = fs
  .readFileSync(tests, 'utf8')
  .replace('import {x402BatchSettlement}', 'import {IChannelHub, x402BatchSettlement}')
  .replace(/\bx402BatchSettlement\.(?=[A-Z])/g, 'IChannelHub.');
fs.writeFileSync(tests, named);
fs.writeFileSync(path.join(work, 'foundry.toml'), `[profile.default]
solc = "${contracts}/tools/solc"
offline = true
evm_version = "cancun"
optimizer = true
optimizer_runs = 400
via_ir = true
libs = []
remappings = [
  "forge-std/=lib/forge-std/",
  "hub/=${contracts}/src/channel/",
  "@openzeppelin/=${contracts}/node_modules/@openzeppelin/",
]
allow_paths = ["${contracts}"]
`);
const forge = path.join(contracts, 'node_modules/.bin/forge');
const run = spawnSync(forge, ['test', '--root', work], {cwd: contracts, stdio: 'inherit'});
process.exitCode = run.status ?? 1;
