// Sells "a stock quote" with the stock resource server on a free port of 127.0.0.1: at /quote by scheme exact, at
// /metered out of channels, if it is given its authorizer's key, at /upto for a quarter of the price, if it is told so.
// Prints its address; says at /served how often it
// sold, and at /cash claims what its channels owe, has it paid out, and gives back the rest.
// usage: [AUTHORIZER_KEY=0x...] [UPTO=yes] node sell.mjs FACILITATOR TOKEN AMOUNT PAYEE NETWORK
import { createServer } from "node:http";
import {
  HTTPFacilitatorClient,
  x402HTTPResourceServer,
  x402ResourceServer,
} from "@x402/core/server";
import { BatchSettlementEvmScheme } from "@x402/evm/batch-settlement/server";
import { ExactEvmScheme } from "@x402/evm/exact/server";
import { UptoEvmScheme } from "@x402/evm/upto/server";
import { privateKeyToAccount } from "viem/accounts";

const [facilitatorUrl, asset, amount, payTo, network] = process.argv.slice(2);
let served = 0;
const facilitator = new HTTPFacilitatorClient({ url: facilitatorUrl });
const resources = new x402ResourceServer(facilitator);
resources.register(network, new ExactEvmScheme());
const price = { asset, amount, extra: { name: "USD Coin", version: "2" } };
const quote = (scheme) => ({
  accepts: { scheme, network, payTo, price, maxTimeoutSeconds: 60 },
  description: "a stock quote",
  mimeType: "text/plain",
});
const routes = { "GET /quote": quote("exact") };
let channels;
if (process.env.AUTHORIZER_KEY) {
  const receiverAuthorizerSigner = privateKeyToAccount(process.env.AUTHORIZER_KEY);
  const scheme = new BatchSettlementEvmScheme(payTo, { receiverAuthorizerSigner });
  resources.register(network, scheme);
  channels = scheme.createChannelManager(facilitator, network, asset);
  routes["GET /metered"] = quote("batch-settlement");
}
if (process.env.UPTO) {
  resources.register(network, new UptoEvmScheme());
  routes["GET /upto"] = quote("upto");
}
const paid = new x402HTTPResourceServer(resources, routes);
await paid.initialize();

const adapter = (request, origin) => ({
  getHeader: (name) => request.headers[name.toLowerCase()],
  getMethod: () => request.method,
  getPath: () => request.url,
  getUrl: () => origin + request.url,
  getAcceptHeader: () => request.headers.accept ?? "",
  getUserAgent: () => request.headers["user-agent"] ?? "",
});

const server = createServer(async (request, response) => {
  if (request.url === "/served") {
    response.end(String(served));
    return;
  }
  if (request.url === "/cash") {
    const { claims } = await channels.claimAndSettle();
    if (claims.length === 0) await channels.settle();
    const refunds = await channels.refund();
    response.end(String(refunds.length));
    return;
  }
  const origin = `http://127.0.0.1:${server.address().port}`;
  const context = { adapter: adapter(request, origin), path: request.url, method: request.method };
  const asked = await paid.processHTTPRequest(context);
  if (asked.type !== "payment-verified") {
    response.writeHead(asked.response.status, asked.response.headers);
    response.end(JSON.stringify(asked.response.body ?? {}));
    return;
  }
  const charge = request.url === "/upto" ? { amount: String(BigInt(amount) / 4n) } : undefined;
  const settled = await paid.processSettlement(
    asked.paymentPayload,
    asked.paymentRequirements,
    undefined,
    undefined,
    charge,
  );
  if (settled.success) served++;
  response.writeHead(settled.success ? 200 : 402, settled.headers);
  response.end(settled.success ? "a stock quote" : "{}");
});
server.listen(0, "127.0.0.1", () => console.log(`http://127.0.0.1:${server.address().port}`));
