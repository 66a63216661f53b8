import { ponder } from "ponder:registry";
import { feedback } from "ponder:schema";

ponder.on("Reputation:NewFeedback", async ({ event, context }) => {
  const said = event.args;
  await context.db.insert(feedback).values({
    blockNumber: event.block.number,
    blockHash: event.block.hash,
    logIndex: event.log.logIndex,
    transaction: event.transaction.hash,
    agentId: said.agentId,
    client: said.clientAddress,
    feedbackIndex: said.feedbackIndex,
    value: said.value,
    valueDecimals: said.valueDecimals,
    tag1: said.tag1,
    tag2: said.tag2,
    endpoint: said.endpoint,
    feedbackUri: said.feedbackURI,
    feedbackHash: said.feedbackHash,
  });
});
