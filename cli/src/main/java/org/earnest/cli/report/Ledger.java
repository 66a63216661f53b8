package org.earnest.cli.report;

import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.earnest.core.chain.EvmAddress;

/**
 * Double-entry bookkeeping of what must have moved, kept apart from the chain, so that the chain's
 * balances can be held against it.
 */
public final class Ledger {
  private final Function<EvmAddress, BigInteger> onChain;
  private final Map<String, EvmAddress> accounts = new LinkedHashMap<>();
  private final Map<String, BigInteger> opening = new LinkedHashMap<>();
  private final Map<String, BigInteger> expected = new LinkedHashMap<>();

  /**
   * An empty ledger.
   *
   * @param onChain the token's balance of an account now, in atomic units
   */
  public Ledger(Function<EvmAddress, BigInteger> onChain) {
    this.onChain = onChain;
  }

  /** Follows an account from its balance now. */
  public void open(String name, EvmAddress account) {
    BigInteger now = onChain.apply(account);
    accounts.put(name, account);
    opening.put(name, now);
    expected.put(name, now);
  }

  /** Notes that this must move; atomic units. */
  public void move(String from, String to, BigInteger amount) {
    add(from, amount.negate());
    add(to, amount);
  }

  private void add(String name, BigInteger amount) {
    if (expected.computeIfPresent(name, (account, before) -> before.add(amount)) == null) {
      throw new IllegalArgumentException("no account " + name);
    }
  }

  /** Every followed account's balance on the chain now. */
  public Map<String, BigInteger> actual() {
    Map<String, BigInteger> now = new LinkedHashMap<>();
    accounts.forEach((name, account) -> now.put(name, onChain.apply(account)));
    return now;
  }

  /** Tells each account's balance before and after, where it changed. */
  public void tell(RunReport report, Map<String, BigInteger> before) {
    actual()
        .forEach(
            (name, after) -> {
              BigInteger was = before.getOrDefault(name, BigInteger.ZERO);
              if (!was.equals(after)) {
                report.say(name, Usdc.text(was) + " -> " + Usdc.text(after));
              }
            });
  }

  /** Holds the chain against the books: every account, and their sum. */
  public void prove(RunReport report) {
    Map<String, BigInteger> now = actual();
    List<String> idle = accounts.keySet().stream().filter(this::isIdle).toList();
    now.forEach(
        (name, balance) -> {
          if (!idle.contains(name)) {
            report.check("money of " + name, Usdc.text(expectedOf(name)), Usdc.text(balance));
          }
        });
    if (!idle.isEmpty()) {
      report.check("money as it was", String.join(", ", idle), unmoved(idle, now));
    }
    report.check("money in equals money out", Usdc.text(sum(opening)), Usdc.text(sum(now)));
  }

  private String unmoved(List<String> names, Map<String, BigInteger> now) {
    return names.stream()
        .filter(name -> openingOf(name).equals(now.get(name)))
        .collect(Collectors.joining(", "));
  }

  private boolean isIdle(String name) {
    return expectedOf(name).equals(openingOf(name));
  }

  /** The member {@code balances} of {@code --json}; atomic units as text. */
  public Map<String, Object> figures() {
    Map<String, Object> figures = new LinkedHashMap<>();
    actual().forEach((name, balance) -> figures.put(name, figures(name, balance)));
    return figures;
  }

  private Map<String, String> figures(String name, BigInteger balance) {
    Map<String, String> figures = new LinkedHashMap<>();
    figures.put("address", address(name).hex());
    figures.put("beforeAtomicUnits", openingOf(name).toString());
    figures.put("expectedAtomicUnits", expectedOf(name).toString());
    figures.put("afterAtomicUnits", balance.toString());
    return figures;
  }

  private EvmAddress address(String name) {
    return require(accounts, name);
  }

  private BigInteger openingOf(String name) {
    return require(opening, name);
  }

  private BigInteger expectedOf(String name) {
    return require(expected, name);
  }

  private static <T> T require(Map<String, T> values, String name) {
    T value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException("no account " + name);
    }
    return value;
  }

  private static BigInteger sum(Map<String, BigInteger> balances) {
    return balances.values().stream().reduce(BigInteger.ZERO, BigInteger::add);
  }
}
