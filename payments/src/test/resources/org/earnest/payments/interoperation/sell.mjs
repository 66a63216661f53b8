// Sells "a stock quote" at /quote on a free port of 127.0.0.1 with the stock resource server; prints
// its address; says at /served how often it did. usage: node sell.mjs FACILITATOR TOKEN AMOUNT PAYEE NETWORK
import { createServer } from "node:http";
import {
  HTTPFacilitatorClient,
  x402HTTPResourceServer,
  x402ResourceServer,
} from "@x402/core/server";
import { ExactEvmScheme } from "@x402/evm/exact/server";

const [facilitatorUrl, asset, amount, payTo, network] = process.argv.slice(2);
let served = 0;
const resources = new x402ResourceServer(new HTTPFacilitatorClient({ url: facilitatorUrl }));
resources.register(network, new ExactEvmScheme());
const price = { asset, amount, extra: { name: "USD Coin", version: "2" } };
const paid = new x402HTTPResourceServer(resources, {
  "GET /quote": {
    accepts: { scheme: "exact", network, payTo, price, maxTimeoutSeconds: 60 },
    description: "a stock quote",
    mimeType: "text/plain",
  },
});
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
  const origin = `http://127.0.0.1:${server.address().port}`;
  const context = { adapter: adapter(request, origin), path: request.url, method: request.method };
  const asked = await paid.processHTTPRequest(context);
  if (asked.type !== "payment-verified") {
    response.writeHead(asked.response.status, asked.response.headers);
    response.end(JSON.stringify(asked.response.body ?? {}));
    return;
  }
  const settled = await paid.processSettlement(asked.paymentPayload, asked.paymentRequirements);
  if (settled.success) served++;
  response.writeHead(settled.success ? 200 : 402, settled.headers);
  response.end(settled.success ? "a stock quote" : "{}");
});
server.listen(0, "127.0.0.1", () => console.log(`http://127.0.0.1:${server.address().port}`));
