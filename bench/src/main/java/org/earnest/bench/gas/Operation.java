package org.earnest.bench.gas;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * Something that is done, in one transaction or several.
 *
 * @param snapshots what it is made of, by the names of {@link GasPlays}
 * @param target units of gas at most; empty where none was set
 * @param peers who does the like
 */
record Operation(String name, List<String> snapshots, OptionalLong target, List<PeerFigure> peers) {
  private static final double PERCENT = 100;

  static Operation of(String name, String snapshot, PeerFigure... peers) {
    return new Operation(name, List.of(snapshot), OptionalLong.empty(), List.of(peers));
  }

  Operation target(long gas) {
    return new Operation(name, snapshots, OptionalLong.of(gas), peers);
  }

  /** The same followed by more transactions. */
  Operation then(String... next) {
    List<String> all = new ArrayList<>(snapshots);
    all.addAll(List.of(next));
    return new Operation(name, all, target, peers);
  }

  /**
   * Units of gas.
   *
   * @param measured by the names of {@link GasPlays}
   */
  long gas(Map<String, Spent> measured) {
    return spent(measured).gas();
  }

  /** Whether calldata's least price decides, and not the work. */
  boolean atFloor(Map<String, Spent> measured) {
    return spent(measured).atFloor();
  }

  private Spent spent(Map<String, Spent> measured) {
    return Spent.sum(
        snapshots.stream()
            .map(
                snapshot ->
                    Objects.requireNonNull(
                        measured.get(snapshot), () -> "not measured: " + snapshot))
            .toList());
  }

  boolean missed(Map<String, Spent> measured) {
    return target.isPresent() && gas(measured) > target.getAsLong();
  }

  /** How far above the target, in per cent; negative below it. */
  double above(Map<String, Spent> measured) {
    return PERCENT * (gas(measured) - target.orElseThrow()) / target.orElseThrow();
  }

  Map<String, Object> figures(Map<String, Spent> measured) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("operation", name);
    figures.put("gas", gas(measured));
    target.ifPresent(gas -> figures.put("target", gas));
    figures.put("missed", missed(measured));
    figures.put("atCalldataFloor", atFloor(measured));
    figures.put("measuredAs", snapshots);
    figures.put("peers", peers.stream().map(PeerFigure::figures).toList());
    return figures;
  }
}
