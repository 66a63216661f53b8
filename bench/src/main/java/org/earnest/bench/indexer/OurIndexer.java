package org.earnest.bench.indexer;

import java.io.File;
import java.nio.file.Files;
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

  private final Path classes;

  /**
   * The indexer.
   *
   * @param classes a file in which the JVM keeps the classes of a run for the next ones
   */
  OurIndexer(Path classes) {
    this.classes = classes;
  }

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
            "-XX:+AutoCreateSharedArchive",
            "-XX:SharedArchiveFile=" + classes,
            "-Xlog:disable",
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
