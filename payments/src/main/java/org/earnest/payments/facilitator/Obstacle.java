package org.earnest.payments.facilitator;

import org.earnest.payments.exact.Reason;

/**
 * What hinders a good payment for now.
 *
 * @param detail for a person
 */
public record Obstacle(Reason reason, String detail) {
  /**
   * What the submission engine refused before anything was signed.
   *
   * @param code of {@link org.earnest.core.submission.SubmissionOutcome.Rejected}
   */
  static Obstacle of(String code, String why) {
    return switch (code) {
      case "reverted" ->
          new Obstacle(Reason.SIMULATION_FAILED, "the token refuses the transfer now: " + why);
      case "insufficient_funds" ->
          new Obstacle(
              Reason.RELAYER_OUT_OF_FUNDS,
              "the facilitator's account that pays for gas is empty; its operator must fill it");
      case "fee_cap_exceeded" ->
          new Obstacle(
              Reason.GAS_TOO_DEAR,
              "the chain asks for more per gas than the facilitator's operator allows");
      case "gas_limit_exceeded" ->
          new Obstacle(
              Reason.TOO_MUCH_GAS,
              "the transfer needs more gas than the facilitator's operator allows");
      default ->
          new Obstacle(
              Reason.SETTLEMENT_NOT_SENT,
              "the facilitator could not send the transaction (%s)".formatted(code));
    };
  }

  boolean isTheOperators() {
    return reason != Reason.SIMULATION_FAILED;
  }
}
