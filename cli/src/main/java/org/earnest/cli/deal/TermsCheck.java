package org.earnest.cli.deal;

import static java.util.Map.entry;

import java.util.Map;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.deal.BrokenRule;
import org.earnest.core.deal.DealTerms;
import org.earnest.core.deal.TermsRules;
import org.earnest.kit.process.StartupException;

/** Whether the escrow would take terms, and what to do where it would not. */
public final class TermsCheck {
  static final Map<String, String> REMEDIES =
      Map.ofEntries(
          entry("OpenDeadlinePassed", "Agree on a later openBy"),
          entry("ForbiddenParty", "Name the account of a person or program for every party"),
          entry("ArbiterIsClient", "Name an arbiter who is not the client"),
          entry("RulingTimeMismatch", "Name an arbiter and its rulingTime, or neither"),
          entry("RulingTimeAboveMax", "Shorten rulingTime to 365 days (31536000 seconds) or less"),
          entry("FeeReceiverMismatch", "State feeBps and who receives it, or neither"),
          entry("FeeAboveMax", "Lower the fee to 1000 basis points or less"),
          entry("ShareAboveMax", "State a share of 0 to 10000 basis points"),
          entry("ClientIsPayee", "Name a payee who is not the client"),
          entry("ArbiterIsPayee", "Name an arbiter who is paid for no leg"),
          entry("ZeroAmount", "State what the leg is paid, or leave the leg out"),
          entry("PenaltyAboveAmount", "Lower penaltyMax to the amount or less"),
          entry("PenaltyWithoutGrace", "State a grace period, or leave penaltyMax out"),
          entry("StandbyMissing", "Name the standby, or leave out its agent, retainer and bond"),
          entry("ClientIsStandby", "Name a standby who is not the client"),
          entry("ArbiterIsStandby", "Name a standby who is not the arbiter"),
          entry("PayeeIsStandby", "Name a standby who is not the payee"),
          entry("StandbyTimeMissing", "State callWindow and standbyTime in seconds"),
          entry("CallWindowAboveMax", "Shorten callWindow to 180 days (15552000 seconds) or less"),
          entry(
              "StandbyTimeAboveMax", "Shorten standbyTime to 365 days (31536000 seconds) or less"),
          entry("PenaltyAboveBond", "Raise the bond to penaltyMax, or lower penaltyMax"),
          entry("DueOutsideWindow", "Agree on a due time that is ahead by five years at most"),
          entry("GraceAboveMax", "Shorten the grace period to 16777215 seconds or less"),
          entry("ReviewAboveMax", "Shorten the review to 180 days (15552000 seconds) or less"),
          entry("EscalationWithoutArbiter", "Name an arbiter, or state a share for silence"),
          entry("ReservedTag", "Choose another tag, or leave out the leg's agents"),
          entry("AgentOrder", "Put the legs into ascending order of agentId, each agent once"));

  private static final String ANY = "Change the terms so that the rule holds";

  private TermsCheck() {}

  /**
   * Insists on terms that the escrow takes.
   *
   * @param escrow the contract that they are for
   * @param now second of 1970
   * @throws StartupException {@code terms_refused}, with the contract's name of the broken rule
   */
  public static void require(DealTerms terms, EvmAddress escrow, long now) {
    TermsRules.firstBroken(terms, escrow, now)
        .ifPresent(
            rule -> {
              throw refused(rule);
            });
  }

  private static StartupException refused(BrokenRule rule) {
    return new StartupException(
        "terms_refused",
        rule.error() + ": " + rule.detail(),
        REMEDIES.getOrDefault(rule.error(), ANY));
  }
}
