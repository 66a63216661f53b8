package org.earnest.bench.engine;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.earnest.bindings.call.TokenReads;
import org.earnest.bindings.event.Decoding;
import org.earnest.bindings.event.EventDecoder;
import org.earnest.bindings.event.TokenEvent.Transferred;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.ChainLog;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.LogQuery;

/**
 * Holds ledger, chain and what callers were told together, to the unit. The effects are counted by
 * the token's own events, and the sums by its balances.
 */
public final class Books {
  /** Blocks asked for at once. */
  private static final int RANGE = 500;

  private static final BlockTag LATEST = BlockTag.Named.LATEST;

  private final Stage stage;
  private final Work work;
  private final ChainReader chain;
  private final int requests;
  private final List<String> differences = new ArrayList<>();

  private Books(Stage stage, Work work, int requests) {
    this.stage = stage;
    this.work = work;
    this.chain = stage.reader();
    this.requests = requests;
  }

  /**
   * The verdict once nothing moves any more.
   *
   * @param requests their number; they are 0 to that
   */
  public static Verdict close(Stage stage, Work work, int requests, Told told) {
    return new Books(stage, work, requests).close(told);
  }

  private Verdict close(Told told) {
    Map<EvmAddress, List<BigInteger>> paid = paid();
    int lost = 0;
    int doubled = 0;
    for (int number = 0; number < requests; number++) {
      List<BigInteger> effects = paid.getOrDefault(work.payee(number), List.of());
      if (effects.isEmpty()) {
        lost++;
        differ("request %d had no effect".formatted(number));
      } else if (!effects.equals(List.of(work.amount(number)))) {
        doubled++;
        differ(
            "request %d of %s had the effects %s".formatted(number, work.amount(number), effects));
      }
    }
    compareBalances(paid);
    LedgerCheck ledger = new LedgerCheck(stage, work, requests, this::differ);
    ledger.check(told);
    return new Verdict(
        requests,
        lost,
        doubled,
        ledger.nonces(),
        ledger.replaced(),
        ledger.gaps(),
        List.copyOf(differences));
  }

  /** Everything that the account ever paid, by payee. */
  private Map<EvmAddress, List<BigInteger>> paid() {
    long head = chain.block(LATEST).orElseThrow().ref().number();
    Map<EvmAddress, List<BigInteger>> paid = new HashMap<>();
    for (long from = 0; from <= head; from += RANGE) {
      LogQuery query =
          new LogQuery(from, Math.min(head, from + RANGE - 1), Set.of(stage.token()), List.of());
      chain.logs(query).forEach(log -> enter(log, paid));
    }
    return paid;
  }

  private void enter(ChainLog log, Map<EvmAddress, List<BigInteger>> paid) {
    if (EventDecoder.decode(log) instanceof Decoding.Decoded decoded
        && decoded.event() instanceof Transferred transfer
        && transfer.from().equals(stage.account().address())) {
      paid.computeIfAbsent(transfer.to(), payee -> new ArrayList<>()).add(transfer.amount());
    }
  }

  private void compareBalances(Map<EvmAddress, List<BigInteger>> paid) {
    TokenReads token = new TokenReads(chain, stage.token());
    BigInteger expected =
        Stage.GRANT.subtract(
            IntStream.range(0, requests)
                .mapToObj(work::amount)
                .reduce(BigInteger.ZERO, BigInteger::add));
    compare("the account", expected, token.balance(stage.account().address(), LATEST));
    paid.forEach(
        (payee, amounts) ->
            compare(
                payee.toString(),
                amounts.stream().reduce(BigInteger.ZERO, BigInteger::add),
                token.balance(payee, LATEST)));
  }

  private void compare(String who, BigInteger expected, BigInteger actual) {
    if (!expected.equals(actual)) {
      differ("%s holds %s atomic units instead of %s".formatted(who, actual, expected));
    }
  }

  private void differ(String difference) {
    differences.add(difference);
  }
}
