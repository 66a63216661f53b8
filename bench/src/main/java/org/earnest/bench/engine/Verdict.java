package org.earnest.bench.engine;

import java.util.List;

/**
 * What ledger and chain say when held together.
 *
 * @param requests how many different ones were made
 * @param lost had no effect on the chain
 * @param doubled had another effect than their own once
 * @param nonces the account spent
 * @param replaced transactions that were signed and not mined, as another attempt was
 * @param gaps nonces that an empty transaction filled
 * @param differences every disagreement, a sentence each
 */
public record Verdict(
    int requests,
    int lost,
    int doubled,
    long nonces,
    int replaced,
    int gaps,
    List<String> differences) {
  public boolean clean() {
    return differences.isEmpty();
  }
}
