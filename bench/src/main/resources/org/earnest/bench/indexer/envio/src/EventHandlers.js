const { Reputation } = require("../generated");

Reputation.NewFeedback.handler(async ({ event, context }) => {
  const said = event.params;
  context.Feedback.set({
    id: `${said.agentId}-${said.clientAddress}-${said.feedbackIndex}`,
    blockNumber: event.block.number,
    blockHash: event.block.hash,
    logIndex: event.logIndex,
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
