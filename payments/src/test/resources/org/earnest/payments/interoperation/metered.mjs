// Buys what is at a URL so many times out of one channel with the stock client, then has the rest of the channel
// given back. usage: BUYER_KEY=0x... node metered.mjs URL TOKEN CALLS
import { BatchSettlementEvmScheme } from "@x402/evm/batch-settlement/client";
import { decodePaymentResponseHeader, wrapFetchWithPaymentFromConfig } from "@x402/fetch";
import { privateKeyToAccount } from "viem/accounts";

const [url, asset, calls] = process.argv.slice(2);
const scheme = new BatchSettlementEvmScheme(privateKeyToAccount(process.env.BUYER_KEY));
const paying = wrapFetchWithPaymentFromConfig(fetch, {
  schemes: [{ network: "eip155:*", client: scheme }],
  spendControls: { allowedAssets: [{ network: "eip155:*", asset }] },
});

const answers = [];
for (let call = 0; call < Number(calls); call++) {
  const response = await paying(url);
  const settlement = response.headers.get("PAYMENT-RESPONSE");
  answers.push({
    status: response.status,
    body: await response.text(),
    settlement: settlement ? decodePaymentResponseHeader(settlement) : null,
  });
}
const refund = await scheme.refund(url);
console.log(JSON.stringify({ answers, refund }));
