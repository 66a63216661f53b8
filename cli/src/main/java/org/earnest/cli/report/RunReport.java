package org.earnest.cli.report;

import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.earnest.cli.console.Console;
import org.earnest.core.chain.Hash32;

/** Tells a run as it happens, and keeps what was told. Used by one thread. */
public final class RunReport {
  private static final int NAME_WIDTH = 16;

  private final Console console;
  private final long startedNanos = System.nanoTime();
  private final List<StepRecord> steps = new ArrayList<>();
  private final List<Check> checks = new ArrayList<>();
  private final List<SentTransaction> transactions = new ArrayList<>();
  private final List<String> lines = new ArrayList<>();

  public RunReport(Console console) {
    this.console = console;
  }

  /** Does one step and tells how long it took, also where it fails. */
  public <T> T step(String title, Supplier<T> work) {
    int number = steps.size() + 1;
    lines.clear();
    console.say("");
    console.say(number + ". " + title);
    long begun = System.nanoTime();
    try {
      return work.get();
    } finally {
      long wallMs = Duration.ofNanos(System.nanoTime() - begun).toMillis();
      console.say("   (" + wallMs + " ms)");
      steps.add(new StepRecord(number, title, wallMs, List.copyOf(lines)));
    }
  }

  /** A line of the current step. */
  public void say(String line) {
    lines.add(line);
    console.say("   " + line);
  }

  /** A named value of the current step, in columns. */
  public void say(String name, Object value) {
    say(String.format("%-" + NAME_WIDTH + "s %s", name, value));
  }

  public void transaction(String what, Hash32 hash, BigInteger gas) {
    transactions.add(new SentTransaction(what, hash, gas));
    say("transaction", hash.hex() + "  " + what + ", gas " + gas);
  }

  /** Compares by text, so that what is printed is what was compared. */
  public void check(String name, Object expected, Object actual) {
    Check check = new Check(name, String.valueOf(expected), String.valueOf(actual));
    checks.add(check);
    say(
        check.ok()
            ? "ok   " + name + ": " + check.actual()
            : "FAIL " + name + ": expected " + check.expected() + ", but it is " + check.actual());
  }

  public boolean ok() {
    return checks.stream().allMatch(Check::ok);
  }

  public List<Check> failures() {
    return checks.stream().filter(check -> !check.ok()).toList();
  }

  /** The object of {@code --json}, open for more members. */
  public Map<String, Object> figures() {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("ok", ok());
    figures.put("wallMs", wallMs());
    figures.put("checks", checks.stream().map(Check::figures).toList());
    figures.put("steps", steps.stream().map(StepRecord::figures).toList());
    figures.put("transactions", transactions.stream().map(SentTransaction::figures).toList());
    figures.put("gas", gas());
    return figures;
  }

  public long wallMs() {
    return Duration.ofNanos(System.nanoTime() - startedNanos).toMillis();
  }

  public int checkCount() {
    return checks.size();
  }

  private Map<String, Object> gas() {
    Map<String, Object> gas = new LinkedHashMap<>();
    transactions.forEach(sent -> gas.merge(sent.what(), sent.gas(), RunReport::sum));
    gas.put(
        "total",
        transactions.stream().map(SentTransaction::gas).reduce(BigInteger.ZERO, BigInteger::add));
    return gas;
  }

  private static Object sum(Object left, Object right) {
    return ((BigInteger) left).add((BigInteger) right);
  }
}
