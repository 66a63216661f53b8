package org.earnest.cli.x402;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.earnest.cli.console.Console;
import org.earnest.payments.check.EndpointCheck;
import org.earnest.payments.check.Finding;

/** Says what is wrong with an address that sells. */
public final class Checkup {
  private final Console console;

  public Checkup(Console console) {
    this.console = console;
  }

  /** The figures of {@code --json}. */
  public Map<String, Object> of(URI address, String method) {
    List<Finding> findings = findings(address, method);
    findings.forEach(this::say);
    boolean ok = findings.stream().noneMatch(f -> f.verdict() == Finding.Verdict.FAIL);
    console.say(ok ? "Buyers can pay here." : "Mend what is marked 'fail', then run this again.");
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("ok", ok);
    figures.put("checks", findings.stream().map(Checkup::figures).toList());
    return figures;
  }

  private static List<Finding> findings(URI address, String method) {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return new EndpointCheck(http, address, method).run();
    } catch (IOException unreachable) {
      throw Addresses.unreachable(address, unreachable);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted");
    }
  }

  private void say(Finding finding) {
    console.say(String.format("%-5s %-11s %s", verdict(finding), finding.check(), finding.found()));
    if (!finding.fix().isEmpty()) {
      console.say(" ".repeat(18) + "-> " + finding.fix());
    }
  }

  private static Map<String, Object> figures(Finding finding) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("check", finding.check());
    figures.put("ok", finding.verdict() != Finding.Verdict.FAIL);
    figures.put("verdict", verdict(finding));
    figures.put("found", finding.found());
    figures.put("fix", finding.fix());
    return figures;
  }

  private static String verdict(Finding finding) {
    return finding.verdict().name().toLowerCase(Locale.ROOT);
  }
}
