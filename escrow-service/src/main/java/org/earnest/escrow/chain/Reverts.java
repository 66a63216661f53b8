package org.earnest.escrow.chain;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.earnest.bindings.revert.RevertReason;
import org.earnest.escrow.decide.Refusal;

/** A contract's refusal in the service's words: the error's name in snake case is the code. */
final class Reverts {
  private static final Pattern CUSTOM = Pattern.compile("([A-Z][A-Za-z0-9]{0,62})\\(.*\\)");
  private static final String OTHER = "reverted";

  private Reverts() {}

  static Refusal refusal(RevertReason reason) {
    return refusal(reason.toString());
  }

  /** The same of a reason that a submission brought. */
  static Refusal refusal(String reason) {
    Matcher custom = CUSTOM.matcher(reason);
    String code = custom.matches() ? Refusal.code(custom.group(1)) : OTHER;
    return new Refusal(
        Refusal.Kind.STATE,
        code,
        "The contract refuses: %s. Nothing was moved.%s".formatted(reason, advice(code)));
  }

  /** What to do about those refusals that terms and signatures alone do not show. */
  private static String advice(String code) {
    return switch (code) {
      case "agent_epoch_mismatch" ->
          " The arguments are the agent, the epoch in the terms and the registry's; agree on terms"
              + " with the latter.";
      case "agent_not_controlled" ->
          " The party must be the agent's wallet, its owner or an operator in the registry.";
      case "insufficient_balance" ->
          " The client's account must hold the deal's total; send it again then.";
      case "insufficient_credit" ->
          " The arguments are the token, the account, its credit and what is needed of it: bonds"
              + " are paid from credit. Deposit the difference, then send it again.";
      case "invalid_signature" -> " Have the party that it names sign the digest that it names.";
      default -> "";
    };
  }
}
