package org.earnest.bench.indexer;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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

  /** The first JDK that keeps what it learnt of a run by one option (JEP 514). */
  private static final int LEARNING_JDK = 25;

  private final Path kept;

  /**
   * The indexer.
   *
   * @param kept a file in which the JVM keeps of a run what the next ones start faster with
   */
  OurIndexer(Path kept) {
    this.kept = kept;
  }

  @Override
  public String name() {
    return "earnest";
  }

  @Override
  public ChildCommand command(Errand errand) {
    List<String> java = new ArrayList<>();
    java.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    java.addAll(keeping());
    java.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-Xmx" + HEAP + "m",
            "-Xlog:disable",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            IndexerProgram.class.getName()));
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

  /** As the launcher does for {@code ./earnest indexer}. */
  private List<String> keeping() {
    if (!keepsItsStart()) {
      return List.of();
    }
    if (Runtime.version().feature() < LEARNING_JDK) {
      return List.of("-XX:+AutoCreateSharedArchive", "-XX:SharedArchiveFile=" + kept);
    }
    return List.of((Files.exists(kept) ? "-XX:AOTCache=" : "-XX:AOTCacheOutput=") + kept);
  }

  @Override
  public Optional<Pattern> ready() {
    return Optional.of(Pattern.compile(IndexerProgram.READY));
  }

  /** As the launcher's own runs of a command do, after its first; of folders the JVM keeps none. */
  @Override
  public boolean keepsItsStart() {
    return Pattern.compile(File.pathSeparator)
        .splitAsStream(System.getProperty("java.class.path"))
        .noneMatch(entry -> Files.isDirectory(Path.of(entry)));
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
