package org.earnest.cli.deal;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.earnest.bindings.crypto.LocalSigner;
import org.earnest.bindings.eip712.Eip712Domain;
import org.earnest.bindings.event.DealEvent;
import org.earnest.core.chain.ChainCall;
import org.earnest.core.deal.DealTerms;
import org.earnest.core.deal.LegState;

/** One path, played from the opening to the end of every leg. */
final class PathRun {
  private final Sandbox sandbox;
  private final DealPath path;
  private final Set<Integer> takers;
  private final long opened;
  private final Parties parties;
  private final DealTerms terms;
  private final Verbs verbs;
  private final LocalSigner relayer;
  private final List<DealEvent> events = new ArrayList<>();

  /**
   * Of the legs, those that go the path's way; the others go well.
   *
   * @param opened second of 1970, after the newest block's
   */
  PathRun(
      Sandbox sandbox,
      Eip712Domain token,
      Parties all,
      DealPath path,
      Set<Integer> takers,
      long opened) {
    this.sandbox = sandbox;
    this.path = path;
    this.takers = takers;
    this.opened = opened;
    this.parties = all.during(path.id());
    this.terms = parties.played(token.verifyingContract());
    this.verbs = new Verbs(terms, parties, sandbox.contracts().dealEscrow(), token);
    this.relayer = Parties.testKey("relayer of " + path.id());
  }

  PathResult run() {
    sandbox.fuel(relayer.address());
    if (!terms.head().arbiter().isZero()) {
      sandbox.fuel(terms.head().arbiter());
    }
    Map<String, BigInteger> before = holdings();
    sandbox.at(opened);
    send(relayer, "open", verbs.open(path.begins() == LegState.ACTIVE));
    Map<String, BigInteger> during = holdings();
    List<Move> moves = moves();
    moves.forEach(this::make);
    LegEnds ends = new LegEnds(terms, parties, events);
    return new PathResult(
        path,
        minus(before, during),
        minus(holdings(), during),
        moves.getLast().at(),
        IntStream.range(0, terms.legs().size())
            .mapToObj(leg -> ends.of(leg, takers.contains(leg)))
            .toList());
  }

  /** In the order of time; what happens to one leg stays in its own order. */
  private List<Move> moves() {
    List<Move> moves = new ArrayList<>();
    for (int leg = 0; leg < terms.legs().size(); leg++) {
      LegScript script = new LegScript(terms, leg, path.begins(), opened);
      if (takers.contains(leg)) {
        path.plot().accept(script);
      } else {
        DealPath.well(script);
      }
      moves.addAll(script.moves());
    }
    moves.sort(Comparator.comparingLong(Move::at));
    return moves;
  }

  private void make(Move move) {
    sandbox.at(move.at());
    String what =
        move.act().getClass().getSimpleName() + " of leg " + move.leg() + " at " + move.at();
    send(verbs.sender(move, relayer), what, verbs.call(move));
  }

  private void send(LocalSigner sender, String what, ChainCall call) {
    events.addAll(sandbox.send(sender, path.id() + ": " + what, call));
  }

  private Map<String, BigInteger> holdings() {
    Map<String, BigInteger> holdings = new LinkedHashMap<>();
    for (Party party : parties.all()) {
      holdings.put(party.name(), sandbox.holding(party.standIn().address()));
    }
    return holdings;
  }

  private static Map<String, BigInteger> minus(
      Map<String, BigInteger> more, Map<String, BigInteger> less) {
    Map<String, BigInteger> difference = new LinkedHashMap<>();
    more.forEach(
        (name, sum) ->
            difference.put(name, sum.subtract(less.getOrDefault(name, BigInteger.ZERO))));
    return difference;
  }
}
