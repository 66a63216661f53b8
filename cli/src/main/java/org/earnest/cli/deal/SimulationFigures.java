package org.earnest.cli.deal;

import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What terms come to, for a program. Sums are atomic units, as decimal text. */
public final class SimulationFigures {
  private SimulationFigures() {}

  public static Map<String, Object> of(Outcome outcome) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("ok", outcome.ok());
    figures.put("token", outcome.terms().head().token().hex());
    figures.put("opened", outcome.opened());
    figures.put("parties", outcome.parties().stream().map(SimulationFigures::party).toList());
    figures.put("paths", outcome.paths().stream().map(SimulationFigures::path).toList());
    figures.put(
        "impossible", outcome.impossible().stream().map(SimulationFigures::impossible).toList());
    return figures;
  }

  private static Map<String, Object> party(Party party) {
    return ordered(
        "name", party.name(),
        "address", party.address().hex(),
        "standIn", party.standIn().address().hex());
  }

  private static Map<String, Object> path(PathResult result) {
    return ordered(
        "path", result.path().id(),
        "story", result.path().story(),
        "addsUp", result.addsUp(),
        "putIn", text(result.putIn()),
        "gets", text(result.gets()),
        "ended", result.ended(),
        "legs", result.legs().stream().map(SimulationFigures::leg).toList());
  }

  private static Map<String, Object> impossible(Impossible path) {
    return ordered(
        "path", path.path().id(), "story", path.path().story(), "because", path.because());
  }

  private static Map<String, Object> leg(LegResult leg) {
    return ordered(
        "leg", leg.leg(),
        "takesThePath", leg.takes(),
        "outcome", leg.outcome().name().toLowerCase(Locale.ROOT),
        "substituted", leg.substituted(),
        "lateSeconds", leg.late(),
        "penalty", leg.penalty().toString(),
        "platformFee", leg.platformFee().toString(),
        "arbiterFee", leg.arbiterFee().toString(),
        "bondsToClient", leg.bondsToClient().toString(),
        "retainerTo", leg.retainerTo());
  }

  private static Map<String, String> text(Map<String, BigInteger> sums) {
    Map<String, String> text = new LinkedHashMap<>();
    sums.forEach((name, sum) -> text.put(name, sum.toString()));
    return text;
  }

  /** Names and values in turn. */
  private static Map<String, Object> ordered(Object... members) {
    Map<String, Object> ordered = new LinkedHashMap<>();
    for (int i = 0; i < members.length; i += 2) {
      ordered.put((String) members[i], members[i + 1]);
    }
    return ordered;
  }
}
