import { createConfig } from "ponder";
import { http, parseAbi } from "viem";

// Both lines of Ponder read this file: the older one knows networks, the newer one chains. The
// limit of requests is raised, as the node is ours and local.
const url = process.env.RPC_URL;
const limit = 1000;

export default createConfig({
  database: { kind: "postgres", connectionString: process.env.DATABASE_URL },
  networks: { synthetic: { chainId: 31337, transport: http(url), maxRequestsPerSecond: limit } },
  chains: { synthetic: { id: 31337, rpc: url, maxRequestsPerSecond: limit } },
  contracts: {
    Reputation: {
      network: "synthetic",
      chain: "synthetic",
      address: process.env.REGISTRY as `0x${string}`,
      startBlock: 0,
      abi: parseAbi([
        "event NewFeedback(uint256 indexed agentId, address indexed clientAddress, uint64 feedbackIndex, int128 value, uint8 valueDecimals, string indexed indexedTag1, string tag1, string tag2, string endpoint, string feedbackURI, bytes32 feedbackHash)",
      ]),
    },
  },
});
