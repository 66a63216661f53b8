// Buys what is at a URL with the stock client, then sends the same payment once more.
// usage: BUYER_KEY=0x... node buy.mjs URL TOKEN
import { ExactEvmScheme } from "@x402/evm";
import { AuthCaptureEvmScheme } from "@x402/evm/auth-capture/client";
import { UptoEvmScheme } from "@x402/evm/upto/client";
import { decodePaymentResponseHeader, wrapFetchWithPaymentFromConfig } from "@x402/fetch";
import { privateKeyToAccount } from "viem/accounts";

const account = privateKeyToAccount(process.env.BUYER_KEY);
const [url, asset] = process.argv.slice(2);
const sent = [];
const recording = async (request) => {
  const payment = request.headers.get("PAYMENT-SIGNATURE");
  if (payment) sent.push(payment);
  return fetch(request);
};
const paying = wrapFetchWithPaymentFromConfig(recording, {
  schemes: [
    { network: "eip155:*", client: new ExactEvmScheme(account) },
    { network: "eip155:*", client: new UptoEvmScheme(account) },
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
