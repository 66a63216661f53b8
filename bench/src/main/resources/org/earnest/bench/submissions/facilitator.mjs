// The stock x402 facilitator behind POST /verify and /settle, on 127.0.0.1 and a free port, which it prints.
// usage: FACILITATOR_KEY=0x... node facilitator.mjs RPC_URL CHAIN_ID [nonce-manager]
import { createServer } from "node:http";
import { x402Facilitator } from "@x402/core/facilitator";
import { toFacilitatorEvmSigner } from "@x402/evm";
import { ExactEvmScheme } from "@x402/evm/exact/facilitator";
import { createWalletClient, defineChain, http, nonceManager, publicActions } from "viem";
import { privateKeyToAccount } from "viem/accounts";

const [rpcUrl, chainId, nonces] = process.argv.slice(2);
const account = privateKeyToAccount(
  process.env.FACILITATOR_KEY,
  nonces === "nonce-manager" ? { nonceManager } : undefined,
);
const chain = defineChain({
  id: Number(chainId),
  name: "local",
  nativeCurrency: { name: "Ether", symbol: "ETH", decimals: 18 },
  rpcUrls: { default: { http: [rpcUrl] } },
});
const client = createWalletClient({ account, chain, transport: http(rpcUrl) }).extend(publicActions);
const signer = toFacilitatorEvmSigner({
  address: account.address,
  getCode: (args) => client.getCode(args),
  readContract: (args) => client.readContract(args),
  verifyTypedData: (args) => client.verifyTypedData(args),
  writeContract: (args) => client.writeContract(args),
  sendTransaction: (args) => client.sendTransaction(args),
  waitForTransactionReceipt: (args) => client.waitForTransactionReceipt(args),
});
const facilitator = new x402Facilitator().register(
  `eip155:${chainId}`,
  new ExactEvmScheme(signer),
);

async function answered(request) {
  const parts = [];
  for await (const part of request) parts.push(part);
  const { paymentPayload, paymentRequirements } = JSON.parse(Buffer.concat(parts).toString());
  return request.url === "/verify"
    ? facilitator.verify(paymentPayload, paymentRequirements)
    : facilitator.settle(paymentPayload, paymentRequirements);
}

const server = createServer(async (request, response) => {
  let answer;
  try {
    answer = await answered(request);
  } catch (error) {
    answer = { success: false, isValid: false, errorReason: String(error) };
  }
  response.setHeader("Content-Type", "application/json").end(JSON.stringify(answer));
});
server.listen(0, "127.0.0.1", () => console.log(`listening on ${server.address().port}`));
