// The stock buyer, resource server and facilitator in one process, with one channel between them, on 127.0.0.1 and a
// free port, which it prints. POST /calls/N makes N calls at once and tells how many were served, /books how often the
// handler ran and what was sold, /cash claims what was sold and has it paid out.
// usage: FACILITATOR_KEY=0x... AUTHORIZER_KEY=0x... BUYER_KEY=0x...
//   node channel.mjs RPC_URL NETWORK TOKEN PAYEE PRICE DEPOSIT
import { x402Facilitator } from "@x402/core/facilitator";
import { HTTPFacilitatorClient } from "@x402/core/server";
import { toFacilitatorEvmSigner } from "@x402/evm";
import { BatchSettlementEvmScheme as Buying } from "@x402/evm/batch-settlement/client";
import { BatchSettlementEvmScheme as Settling } from "@x402/evm/batch-settlement/facilitator";
import { BatchSettlementEvmScheme as Selling } from "@x402/evm/batch-settlement/server";
import { paymentMiddleware, x402ResourceServer } from "@x402/express";
import { wrapFetchWithPaymentFromConfig } from "@x402/fetch";
import express from "express";
import { createWalletClient, defineChain, http, nonceManager, publicActions } from "viem";
import { privateKeyToAccount } from "viem/accounts";

const [rpcUrl, network, asset, payTo, amount, minDeposit] = process.argv.slice(2);
const { FACILITATOR_KEY, AUTHORIZER_KEY, BUYER_KEY } = process.env;

const app = express();
const server = app.listen(0, "127.0.0.1");
await new Promise((resolve) => server.once("listening", resolve));
const origin = `http://127.0.0.1:${server.address().port}`;

const client = createWalletClient({
  account: privateKeyToAccount(FACILITATOR_KEY, { nonceManager }),
  chain: defineChain({
    id: Number(network.split(":")[1]),
    name: "local",
    nativeCurrency: { name: "Ether", symbol: "ETH", decimals: 18 },
    rpcUrls: { default: { http: [rpcUrl] } },
  }),
  transport: http(rpcUrl),
  pollingInterval: 100,
}).extend(publicActions);
const signer = toFacilitatorEvmSigner({ ...client, address: client.account.address });
const settling = new x402Facilitator().register([network], new Settling(signer));
const asked = ({ body }) => [body.paymentPayload, body.paymentRequirements];
app.get("/facilitator/supported", (request, response) => response.json(settling.getSupported()));
app.post("/facilitator/verify", express.json(), async (request, response) =>
  response.json(await settling.verify(...asked(request))),
);
app.post("/facilitator/settle", express.json(), async (request, response) =>
  response.json(await settling.settle(...asked(request))),
);

const facilitator = new HTTPFacilitatorClient({ url: `${origin}/facilitator` });
const selling = new Selling(payTo, {
  receiverAuthorizerSigner: privateKeyToAccount(AUTHORIZER_KEY),
});
const price = { asset, amount, extra: { name: "USD Coin", version: "2", minDeposit } };
let handlerRuns = 0;
app.use(
  paymentMiddleware(
    {
      "POST /metered": {
        accepts: { scheme: "batch-settlement", network, payTo, price, maxTimeoutSeconds: 60 },
        description: "an answer",
        mimeType: "application/json",
      },
    },
    new x402ResourceServer(facilitator).register(network, selling),
  ),
);
app.post("/metered", express.text({ type: "application/json" }), (request, response) => {
  handlerRuns++;
  response.type("application/json").send(request.body);
});

const paying = wrapFetchWithPaymentFromConfig(fetch, {
  schemes: [{ network: "eip155:*", client: new Buying(privateKeyToAccount(BUYER_KEY)) }],
  spendControls: { allowedAssets: [{ network: "eip155:*", asset }] },
});
const told = (response, header) =>
  JSON.parse(Buffer.from(response.headers.get(header) ?? "e30=", "base64").toString());
let made = 0;
// Nothing where the call was served, or why it was not.
async function refusal() {
  const body = JSON.stringify({ call: made++ });
  try {
    const response = await paying(`${origin}/metered`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body,
    });
    const answer = await response.text();
    if (response.status === 200 && answer === body) return undefined;
    return (
      told(response, "PAYMENT-RESPONSE").errorReason ??
      told(response, "PAYMENT-REQUIRED").error ??
      `status ${response.status}`
    );
  } catch (failure) {
    return String(failure);
  }
}

app.post("/calls/:count", async (request, response) => {
  const refused = (
    await Promise.all(Array.from({ length: Number(request.params.count) }, refusal))
  ).filter((why) => why !== undefined);
  const refusals = {};
  for (const why of refused) refusals[why] = (refusals[why] ?? 0) + 1;
  response.json({ served: Number(request.params.count) - refused.length, refusals });
});
app.post("/books", async (request, response) => {
  const channels = await selling.getStorage().list();
  const sold = channels.reduce((sum, one) => sum + Number(one.chargedCumulativeAmount), 0);
  response.json({ handlerRuns, sold });
});
app.post("/cash", async (request, response) => {
  try {
    const channels = selling.createChannelManager(facilitator, network, asset);
    const { claims } = await channels.claimAndSettle();
    response.json({ claims: claims.length });
  } catch (failure) {
    response.status(500).send(String(failure));
  }
});
console.log(`listening on ${server.address().port}`);
