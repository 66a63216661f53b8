package org.earnest.bench.gas;

import org.earnest.bench.gas.PeerFigure.Basis;

/** What others take. */
final class Peers {
  private static final String COMMERCE = "base/commerce-payments";
  private static final String JOBS = "ERC-8183 AgenticCommerce (c67e160)";
  private static final String FEEDBACK = "ERC-8004 reference";
  private static final String EAS = "Ethereum Attestation Service";
  private static final String ALKAHEST = "Alkahest";
  private static final String X402R = "x402r";
  private static final String BATCH = "x402BatchSettlement";

  // base/commerce-payments; the published figures are its .gas-snapshot-benchmarks
  static final PeerFigure AUTHORIZE = measured(COMMERCE, "authorize", 121_300);
  static final PeerFigure AUTHORIZE_P = published(COMMERCE, "authorize", 155_657);
  static final PeerFigure CAPTURE = measured(COMMERCE, "capture without fee", 56_600);
  static final PeerFigure CAPTURE_FEE = measured(COMMERCE, "capture with fee", 66_100);
  static final PeerFigure CAPTURE_FEE_P = published(COMMERCE, "capture with fee", 69_915);
  static final PeerFigure VOID = measured(COMMERCE, "void", 54_200);
  static final PeerFigure RECLAIM = measured(COMMERCE, "reclaim", 54_200);
  static final PeerFigure RECLAIM_P = published(COMMERCE, "reclaim", 55_217);

  // ERC-8183, generation 1
  static final PeerFigure JOB_OPEN =
      new PeerFigure(JOBS, "createJob", 249_000, 266_000, Basis.MEASURED)
          .and(measured(JOBS, "setBudget", 83_800))
          .and(measured(JOBS, "fund", 100_700));
  static final PeerFigure JOB_SUBMIT = measured(JOBS, "submit", 62_300);
  static final PeerFigure JOB_COMPLETE = measured(JOBS, "complete", 64_000);
  static final PeerFigure JOB_REJECT = measured(JOBS, "reject", 58_800);
  static final PeerFigure JOB_REFUND = measured(JOBS, "claimRefund", 56_800);
  static final PeerFigure JOB =
      new PeerFigure(
          JOBS, "createJob to complete, five transactions", 560_000, 577_000, Basis.MEASURED);

  // ERC-8004
  static final PeerFigure FEEDBACK_FIRST =
      measured(FEEDBACK, "giveFeedback, a client's first", 213_600);
  static final PeerFigure FEEDBACK_REPEAT = measured(FEEDBACK, "giveFeedback, repeat", 131_800);
  static final PeerFigure FEEDBACK_BARE =
      measured(FEEDBACK, "giveFeedback, repeat without strings", 88_300);
  static final PeerFigure REGISTER = measured(FEEDBACK, "register, URI of 66 characters", 183_000);
  static final PeerFigure VALIDATION_REQUEST = measured(FEEDBACK, "validationRequest", 209_000);
  static final PeerFigure VALIDATION_RESPONSE = measured(FEEDBACK, "validationResponse", 128_600);
  static final PeerFigure SUMMARY_100 = measured(FEEDBACK, "getSummary, 100 clients", 875_000);
  static final PeerFigure SUMMARY_1000 = measured(FEEDBACK, "getSummary, 1,000 clients", 8_660_000);

  static final PeerFigure EAS_TIMESTAMP = measured(EAS, "timestamp", 45_900);

  static final PeerFigure ALKAHEST_ESCROW = measured(ALKAHEST, "escrow", 522_000);
  static final PeerFigure ALKAHEST_FULFIL = measured(ALKAHEST, "fulfil", 301_000);
  static final PeerFigure ALKAHEST_ARBITRATE = measured(ALKAHEST, "arbitrate", 48_000);
  static final PeerFigure ALKAHEST_COLLECT = measured(ALKAHEST, "collect", 164_000);

  static final PeerFigure X402R_AUTHORIZE = published(X402R, "authorize", 231_000);
  static final PeerFigure X402R_RELEASE = published(X402R, "release", 65_000);

  static final PeerFigure BATCH_DEPOSIT = measured(BATCH, "deposit", 105_000);

  private Peers() {}

  private static PeerFigure measured(String project, String what, long gas) {
    return new PeerFigure(project, what, gas, gas, Basis.MEASURED);
  }

  private static PeerFigure published(String project, String what, long gas) {
    return new PeerFigure(project, what, gas, gas, Basis.PUBLISHED);
  }
}
