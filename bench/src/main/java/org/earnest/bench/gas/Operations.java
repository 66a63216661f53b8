package org.earnest.bench.gas;

import java.util.List;

/** What is compared, with the targets that were set before the contracts were written. */
final class Operations {
  private static final int LEGS = 5;

  /** Every verb, in the order in which a deal comes to it. */
  static final List<Operation> VERBS =
      List.of(
          Operation.of(
                  "open and fund, agent bound",
                  "open, agent",
                  Peers.JOB_OPEN,
                  Peers.ALKAHEST_ESCROW)
              .target(130_000),
          Operation.of(
                  "open and fund, no agent",
                  "open, no agent",
                  Peers.AUTHORIZE,
                  Peers.AUTHORIZE_P,
                  Peers.X402R_AUTHORIZE)
              .target(124_000),
          Operation.of("open and fund in TestUSDC, agent bound", "open, agent, TestUSDC"),
          Operation.of(
                  "open with two agents, two bonds and a standby", "open, agents, bond and standby")
              .target(150_000),
          Operation.of(
              "open, five legs, no agents", "open, five legs", Peers.AUTHORIZE.times(LEGS)),
          Operation.of(
                  "open, five legs, five agents",
                  "open, five legs with agents",
                  Peers.JOB_OPEN.times(LEGS))
              .target(240_000),
          Operation.of("join, agent bound", "join, agent"),
          Operation.of("deposit by EIP-3009, first", "deposit, first", Peers.BATCH_DEPOSIT)
              .target(93_000),
          Operation.of("deposit by EIP-3009, later", "deposit").target(76_000),
          Operation.of("deliver", "deliver", Peers.JOB_SUBMIT, Peers.ALKAHEST_FULFIL)
              .target(37_000),
          Operation.of("deliver with a URI of 35 characters", "deliver, with a URI"),
          Operation.of(
              "accept, no agent",
              "accept, no agent",
              Peers.CAPTURE,
              Peers.X402R_RELEASE,
              Peers.ALKAHEST_COLLECT),
          Operation.of(
              "accept with a fee of 1 % and record, steady",
              "accept, fee of 1 %", Peers.CAPTURE_FEE, Peers.CAPTURE_FEE_P),
          Operation.of(
                  "accept and record, first",
                  "accept, first record",
                  Peers.JOB_COMPLETE.and(Peers.FEEDBACK_FIRST))
              .target(83_000),
          Operation.of(
                  "accept and record, steady",
                  "accept, agent",
                  Peers.JOB_COMPLETE.and(Peers.FEEDBACK_REPEAT))
              .target(66_000),
          Operation.of("accept and record both sides, steady", "accept, both agents")
              .target(71_000),
          Operation.of(
                  "accept five legs at once", "acceptMany, five legs", Peers.CAPTURE.times(LEGS))
              .target(140_000),
          Operation.of(
                  "accept five legs at once with records, steady",
                  "acceptMany, five legs with agents",
                  Peers.JOB_COMPLETE.and(Peers.FEEDBACK_REPEAT).times(LEGS))
              .target(170_000),
          Operation.of("substitute, first miss recorded", "substitute, first record")
              .target(77_000),
          Operation.of("substitute, steady", "substitute").target(62_000),
          Operation.of("accept by a standby, first", "accept, standby, first record")
              .target(85_000),
          Operation.of("accept by a standby, steady", "accept, standby").target(71_000),
          Operation.of(
              "lapse, missed, first record",
              "lapse, missed, first record",
              Peers.JOB_REFUND,
              Peers.RECLAIM,
              Peers.RECLAIM_P),
          Operation.of("lapse, missed, steady", "lapse, missed"),
          Operation.of("lapse, the client's silence, divided", "lapse, silence, divided"),
          Operation.of("dispute", "dispute").target(38_700),
          Operation.of(
                  "rule, both recorded", "rule, both agents, divided", Peers.ALKAHEST_ARBITRATE)
              .target(72_400),
          Operation.of("panel: vote, a leg's first", "vote, first"),
          Operation.of("panel: vote", "vote"),
          Operation.of("panel: decide, which rules", "decide"),
          Operation.of("panel: collect", "collect"),
          Operation.of(
              "settle, divided and recorded",
              "settle, divided",
              Peers.CAPTURE.and(Peers.VOID),
              Peers.JOB_REJECT),
          Operation.of("rate", "rate", Peers.FEEDBACK_BARE),
          Operation.of("withdraw, first", "withdraw, first"));

  static final List<Operation> DEALS =
      List.of(
          Operation.of(
                  "one leg, no agent",
                  "open, no agent",
                  Peers.AUTHORIZE.and(Peers.CAPTURE),
                  Peers.AUTHORIZE.and(Peers.CAPTURE_FEE),
                  Peers.X402R_AUTHORIZE.and(Peers.X402R_RELEASE))
              .then("deliver", "accept, no agent"),
          Operation.of(
                  "one leg with record, steady",
                  "open, agent",
                  Peers.JOB,
                  Peers.JOB.and(Peers.FEEDBACK_REPEAT),
                  Peers.ALKAHEST_ESCROW
                      .and(Peers.ALKAHEST_FULFIL)
                      .and(Peers.ALKAHEST_ARBITRATE)
                      .and(Peers.ALKAHEST_COLLECT))
              .then("deliver", "accept, agent")
              .target(232_000),
          Operation.of("one leg with both recorded, steady", "open, both agents")
              .then("deliver", "accept, both agents")
              .target(240_000),
          Operation.of(
                  "five legs, no agents",
                  "open, five legs",
                  Peers.AUTHORIZE.and(Peers.CAPTURE).times(LEGS))
              .then("deliver all, five legs", "acceptMany, five legs"),
          Operation.of(
                  "five legs with records, steady",
                  "open, five legs with agents",
                  Peers.JOB.times(LEGS),
                  Peers.JOB.and(Peers.FEEDBACK_REPEAT).times(LEGS))
              .then("deliver all, five legs with agents", "acceptMany, five legs with agents"));

  static final List<Operation> RECORDS =
      List.of(
          Operation.of(
                  "settled read by a contract, epoch known",
                  "settledSummaryAt (the call alone)",
                  Peers.SUMMARY_100,
                  Peers.SUMMARY_1000)
              .target(3_000),
          Operation.of(
                  "settled read by a contract, current epoch", "settledSummary (the call alone)")
              .target(8_500),
          Operation.of(
                  "giveFeedback, a client's first",
                  "giveFeedback, first of a client",
                  Peers.FEEDBACK_FIRST)
              .target(135_000),
          Operation.of("giveFeedback, first of its tags", "giveFeedback, first of its tags"),
          Operation.of("giveFeedback, repeat", "giveFeedback, repeat", Peers.FEEDBACK_REPEAT)
              .target(80_000),
          Operation.of(
              "giveFeedback, repeat without strings",
              "giveFeedback, repeat without strings",
              Peers.FEEDBACK_BARE),
          Operation.of(
              "register an agent, URI of 56 characters", "register with a URI", Peers.REGISTER),
          Operation.of(
              "validationRequest, agent's and validator's first",
              "validationRequest, first of agent and validator",
              Peers.VALIDATION_REQUEST),
          Operation.of("validationRequest", "validationRequest"),
          Operation.of("validationResponse", "validationResponse", Peers.VALIDATION_RESPONSE),
          Operation.of("validationResponse, again", "validationResponse, again"),
          Operation.of("anchor a root", "anchor", Peers.EAS_TIMESTAMP).target(46_000));

  private Operations() {}
}
