// The stock facilitator on a free port of 127.0.0.1; prints its address.
// usage: FACILITATOR_KEY=0x... node settle.mjs RPC_URL CHAIN_ID
import { createServer } from "node:http";
import { x402Facilitator } from "@x402/core/facilitator";
import { toFacilitatorEvmSigner } from "@x402/evm";
import { BatchSettlementEvmScheme } from "@x402/evm/batch-settlement/facilitator";
import { ExactEvmScheme } from "@x402/evm/exact/facilitator";
import { UptoEvmScheme } from "@x402/evm/upto/facilitator";
import { createWalletClient, defineChain, http, nonceManager, publicActions } from "viem";
import { privateKeyToAccount } from "viem/accounts";

const [rpcUrl, chainId] = process.argv.slice(2);
const chain = defineChain({
  id: Number(chainId),
  name: "test",
  nativeCurrency: { name: "Ether", symbol: "ETH", decimals: 18 },
  rpcUrls: { default: { http: [rpcUrl] } },
});
const account = privateKeyToAccount(process.env.FACILITATOR_KEY, { nonceManager });
const client = createWalletClient({
  account,
  chain,
  transport: http(rpcUrl),
  pollingInterval: 100,
}).extend(publicActions);
const signer = toFacilitatorEvmSigner({ ...client, address: account.address });
const facilitator = new x402Facilitator()
  .register([`eip155:${chainId}`], new ExactEvmScheme(signer))
  .register([`eip155:${chainId}`], new UptoEvmScheme(signer))
  .register([`eip155:${chainId}`], new BatchSettlementEvmScheme(signer));

const read = async (request) => {
  const parts = [];
  for await (const part of request) parts.push(part);
  return JSON.parse(Buffer.concat(parts).toString() || "{}");
};
const answers = {
  "GET /supported": async () => facilitator.getSupported(),
  "POST /verify": async ({ paymentPayload, paymentRequirements }) =>
    facilitator.verify(paymentPayload, paymentRequirements),
  "POST /settle": async ({ paymentPayload, paymentRequirements }) =>
    facilitator.settle(paymentPayload, paymentRequirements),
};
const server = createServer(async (request, response) => {
  const answer = answers[`${request.method} ${request.url}`];
  try {
    const body = JSON.stringify(await answer(await read(request)));
    response.writeHead(200, { "Content-Type": "application/json" }).end(body);
  } catch (failure) {
    response.writeHead(answer ? 500 : 404).end(JSON.stringify({ error: String(failure) }));
  }
});
server.listen(0, "127.0.0.1", () => console.log(`http://127.0.0.1:${server.address().port}`));
