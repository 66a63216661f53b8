package org.earnest.bench.gas;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.earnest.devnet.AnvilChain;
import org.earnest.devnet.AnvilSettings;
import org.earnest.devnet.DevChain;
import org.earnest.kit.process.Lifecycle;

/** Measures what the contracts take, by real transactions on a chain of its own. */
public final class GasBench {
  private final DevChain node;
  private final Consumer<String> say;

  private GasBench(DevChain node, Consumer<String> say) {
    this.node = node;
    this.say = say;
  }

  /**
   * Starts the chain; the lifecycle ends it.
   *
   * @param directory for the chain's log
   * @param say gets the table, line by line
   */
  public static GasBench start(
      Lifecycle lifecycle, Path anvil, Path directory, Consumer<String> say) {
    DevChain node =
        lifecycle.start(() -> AnvilChain.start(AnvilSettings.ephemeral(anvil, directory)));
    return new GasBench(node, say);
  }

  /** Runs it; {@code ok} once everything was measured. */
  public Map<String, Object> run() {
    Map<String, Spent> measured = measure();
    new GasTable(measured).lines().forEach(say);
    List<Operation> all =
        Stream.of(Operations.VERBS, Operations.DEALS, Operations.RECORDS)
            .flatMap(List::stream)
            .toList();
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("ok", true);
    figures.put("missed", all.stream().filter(operation -> operation.missed(measured)).count());
    figures.put("operations", all.stream().map(each -> each.figures(measured)).toList());
    return figures;
  }

  /**
   * What everything took, by the names of {@code contracts/snapshots}, and more that it has not.
   */
  Map<String, Spent> measure() {
    return new GasPlays(new GasStage(node)).play();
  }
}
