// Buys what is at a URL with the stock client, then sends the same payment once more.
// Given a node, it signs a permit where it has not approved Permit2.
// usage: BUYER_KEY=0x... node buy.mjs URL TOKEN [RPC_URL]
import { ExactEvmScheme } from "@x402/evm";
import { AuthCaptureEvmScheme } from "@x402/evm/auth-capture/client";
import { UptoEvmScheme } from "@x402/evm/upto/client";
import { decodePaymentResponseHeader, wrapFetchWithPaymentFromConfig } from "@x402/fetch";
import { privateKeyToAccount } from "viem/accounts";

const account = privateKeyToAccount(process.env.BUYER_KEY);
const [url, asset, rpcUrl] = process.argv.slice(2);
const node = rpcUrl ? { rpcUrl } : undefined;
const sent = [];
const recording = async (request) => {
  const payment = request.headers.get("PAYMENT-SIGNATURE");
  if (payment) sent.push(payment);
  return fetch(request);
};
const paying = wrapFetchWithPaymentFromConfig(recording, {
  schemes: [
    { network: "eip155:*", client: new ExactEvmScheme(account, node) },
    { network: "eip155:*", client: new UptoEvmScheme(account, node) },
    { network: "eip155:*", client: new AuthCaptureEvmScheme(account) },
  ],
  spendControls: { allowedAssets: [{ network: "eip155:*", asset }] },
});

const told = async (response) => ({
  status: response.status,
  body: await response.text(),
  settlement: response.headers.has("PAYMENT-RESPONSE")
    ? decodePaymentResponseHeader(response.headers.get("PAYMENT-RESPONSE"))
    : null,
});

const first = await told(await paying(url));
const again = await told(await fetch(url, { headers: { "PAYMENT-SIGNATURE": sent[0] } }));
console.log(JSON.stringify({ payments: sent.length, first, again }));
