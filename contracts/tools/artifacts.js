// Writes the compiled release to abi/, or checks that abi/ holds it.
import fs from 'node:fs';

const CONTRACTS = [
  'TestUSDC',
  'IdentityRegistry',
  'ReputationRegistry',
  'ValidationRegistry',
  'DealEscrow',
  'EthereumDIDRegistry',
  'CredentialAnchor',
  'PanelArbiter',
  'CallBatch',
  'ChannelHub',
  'ERC3009DepositCollector',
  'CaptureOperator',
];
// not shipped: what gas is measured with here and by `./earnest bench gas`, and what payments are tried with
const TRIED_WITH = {
  'test/gas/LeanToken.bin': 'out/LeanToken.sol/LeanToken.json',
  'test/x402/Permit2Double.bin': 'out/Permit2Double.sol/Permit2Double.json',
  'test/x402/ExactProxyDouble.bin': 'out/ExactProxyDouble.sol/ExactProxyDouble.json',
  'test/x402/UptoProxyDouble.bin': 'out/UptoProxyDouble.sol/UptoProxyDouble.json',
  'test/x402/MulticallDouble.bin': 'out/MulticallDouble.sol/MulticallDouble.json',
  'test/x402/AuthCaptureEscrowDouble.bin': 'out/AuthCaptureDoubles.sol/AuthCaptureEscrowDouble.json',
  'test/x402/EIP3009CollectorDouble.bin': 'out/AuthCaptureDoubles.sol/EIP3009CollectorDouble.json',
  'test/x402/OperatorRefundCollectorDouble.bin': 'out/AuthCaptureDoubles.sol/OperatorRefundCollectorDouble.json',
  'test/x402/TrickyWallet.bin': 'out/Wallets.sol/TrickyWallet.json',
  'test/x402/WalletFactory.bin': 'out/Wallets.sol/WalletFactory.json',
};
// below the chain's own limit of 24,576, so that a fix always fits
const MAX_RUNTIME_BYTES = 23_500;

function compiled(name) {
  const artifact = JSON.parse(fs.readFileSync(`out/release/${name}.sol/${name}.json`, 'utf8'));
  const runtimeBytes = (artifact.deployedBytecode.object.length - 2) / 2;
  if (runtimeBytes > MAX_RUNTIME_BYTES) {
    throw new Error(`${name} has ${runtimeBytes} bytes of runtime code; ${MAX_RUNTIME_BYTES} are allowed`);
  }
  return {
    [`abi/${name}.abi`]: JSON.stringify(artifact.abi, null, 2) + '\n',
    [`abi/${name}.bin`]: artifact.bytecode.object.slice(2) + '\n',
  };
}

function triedWith([file, from]) {
  return {[file]: JSON.parse(fs.readFileSync(from, 'utf8')).bytecode.object.slice(2) + '\n'};
}

function check(files) {
  const stale = Object.keys(files).filter((f) => !fs.existsSync(f) || fs.readFileSync(f, 'utf8') !== files[f]);
  const stray = fs.readdirSync('abi').map((f) => `abi/${f}`).filter((f) => !(f in files));
  if (stale.length + stray.length === 0) return;
  throw new Error(`not what the sources compile to: ${[...stale, ...stray].join(', ')}; run contracts/tools/abi`);
}

try {
  const files = Object.assign({}, ...CONTRACTS.map(compiled), ...Object.entries(TRIED_WITH).map(triedWith));
  if (process.argv[2] === 'write') {
    fs.mkdirSync('abi', { recursive: true });
    for (const [file, text] of Object.entries(files)) fs.writeFileSync(file, text);
  } else {
    check(files);
  }
  console.log(`abi/: ${CONTRACTS.length} contracts ${process.argv[2] === 'write' ? 'written' : 'fresh'}`);
} catch (problem) {
  console.error(`contracts: ${problem.message}`);
  process.exitCode = 1;
}
