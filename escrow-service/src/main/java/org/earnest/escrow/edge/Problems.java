package org.earnest.escrow.edge;

import org.earnest.escrow.decide.Refusal;
import org.earnest.kit.http.Problem;

/** Refusals as problems. */
final class Problems {
  private Problems() {}

  static Problem of(Refusal refusal) {
    return switch (refusal.kind()) {
      case TERMS ->
          Problem.of(
              422, refusal.code(), "The terms or the request break a rule", refusal.detail());
      case CONSENT ->
          Problem.of(403, refusal.code(), "A party's consent is missing", refusal.detail());
      case STATE -> Problem.of(409, refusal.code(), "The deal does not allow it", refusal.detail());
      case TOO_EARLY ->
          Problem.of(409, refusal.code(), "It is too early", refusal.detail()).retry();
      case SERVICE ->
          Problem.of(503, refusal.code(), "The service cannot send it now", refusal.detail())
              .retry();
    };
  }
}
