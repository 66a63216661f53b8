import { onchainTable, primaryKey } from "ponder";

export const feedback = onchainTable(
  "feedback",
  (t) => ({
    blockNumber: t.bigint().notNull(),
    blockHash: t.hex().notNull(),
    logIndex: t.integer().notNull(),
    transaction: t.hex().notNull(),
    agentId: t.bigint().notNull(),
    client: t.hex().notNull(),
    feedbackIndex: t.bigint().notNull(),
    value: t.bigint().notNull(),
    valueDecimals: t.integer().notNull(),
    tag1: t.text().notNull(),
    tag2: t.text().notNull(),
    endpoint: t.text().notNull(),
    feedbackUri: t.text().notNull(),
    feedbackHash: t.hex().notNull(),
  }),
  (table) => ({
    pk: primaryKey({ columns: [table.agentId, table.client, table.feedbackIndex] }),
  }),
);
