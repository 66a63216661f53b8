package org.earnest.bench.indexer;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.earnest.kit.process.ChildCommand;
import org.earnest.reputation.store.ReputationStore;

/** The indexer as {@code ./earnest} runs it, with a bound on its memory. */
final class OurIndexer implements Contender {
  /** Megabytes; what is read ahead is bounded, so that a long chain needs no more. */
  private static final int HEAP = 256;

  @Override
  public String name() {
    return "earnest";
  }

  @Override
  public ChildCommand command(Errand errand) {
    List<String> java =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-Xmx" + HEAP + "m",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            IndexerProgram.class.getName());
    return new ChildCommand(name(), java, errand.output())
        .with(
            Map.of(
                IndexerProgram.NODE,
                errand.node().toString(),
                IndexerProgram.DATABASE,
                errand.databaseUrl(),
                IndexerProgram.REGISTRY,
                errand.registry().hex(),
                IndexerProgram.HEAD,
                Long.toString(errand.head()),
                IndexerProgram.LOGS,
                errand.logs().toString()));
  }

  @Override
  public Optional<Pattern> ready() {
    return Optional.of(Pattern.compile(IndexerProgram.READY));
  }

  @Override
  public String table() {
    return "reputation.feedback";
  }

  @Override
  public List<String> forget() {
    return List.of("drop schema " + ReputationStore.SCHEMA + " cascade");
  }
}
