// Verifies and settles a payment for what is at a URL through the stock facilitator client.
// usage: BUYER_KEY=0x... node facilitate.mjs FACILITATOR URL TOKEN
import { x402Client, x402HTTPClient } from "@x402/core/client";
import { HTTPFacilitatorClient } from "@x402/core/server";
import { ExactEvmScheme } from "@x402/evm";
import { privateKeyToAccount } from "viem/accounts";

const [facilitatorUrl, url, asset] = process.argv.slice(2);
const facilitator = new HTTPFacilitatorClient({ url: facilitatorUrl });
const client = x402Client.fromConfig({
  schemes: [
    { network: "eip155:*", client: new ExactEvmScheme(privateKeyToAccount(process.env.BUYER_KEY)) },
  ],
  spendControls: { allowedAssets: [{ network: "eip155:*", asset }] },
});

const refusal = await fetch(url);
const required = new x402HTTPClient(client).getPaymentRequiredResponse((name) =>
  refusal.headers.get(name),
);
const payment = await client.createPaymentPayload(required);
const offer = required.accepts[0];
const forged = structuredClone(payment);
forged.payload.authorization.value = String(BigInt(offer.amount) + 1n);

const supported = await facilitator.getSupported();
const bad = await facilitator.verify(forged, offer);
const good = await facilitator.verify(payment, offer);
const settled = await facilitator.settle(payment, offer);
const again = await facilitator.settle(payment, offer);
console.log(JSON.stringify({ supported, bad, good, settled, again }));
