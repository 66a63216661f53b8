package org.earnest.cli.dev;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.earnest.cli.house.ProjectFolder;

/**
 * A machine's worth of folders for runs of {@code dev}: Earnest's own folder, a state directory, a
 * folder for temporary files and one for what the runs print.
 */
record DevHome(Path home, Path state, Path temporary, Path logs) implements AutoCloseable {
  /** The node writes its chain every second, and the run copies it every other one. */
  private static final Duration DUMP_IS_OLD_AT_MOST = Duration.ofSeconds(2);

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** Made below a folder that the test throws away; PostgreSQL's programs are shared. */
  static DevHome in(Path folder) throws IOException {
    DevHome home = withoutPrograms(folder);
    Path shared = Path.of("target/postgres-binaries").toAbsolutePath();
    Files.createDirectories(shared);
    Files.createSymbolicLink(home.programs(), shared);
    return home;
  }

  /** As on the first run of all: PostgreSQL's programs are still to be unpacked. */
  static DevHome withoutPrograms(Path folder) throws IOException {
    Path real = folder.toRealPath();
    Path home = real.resolve("home");
    Files.createDirectories(home.resolve(".earnest"));
    Files.createSymbolicLink(home.resolve("contracts"), ProjectFolder.path().resolve("contracts"));
    return new DevHome(
        home,
        real.resolve("state"),
        Files.createDirectory(real.resolve("tmp")),
        Files.createDirectory(real.resolve("logs")));
  }

  /** Takes away what leads out of the folder, before that is deleted. */
  @Override
  public void close() throws IOException {
    for (Path link : List.of(contracts(), programs())) {
      if (Files.isSymbolicLink(link)) {
        Files.delete(link);
      }
    }
  }

  Path contracts() {
    return home.resolve("contracts");
  }

  /** Where the run keeps its chain. */
  Path chain() {
    return state.resolve("chain");
  }

  /** Until the copy that survives a kill is of a dump that was made after now. */
  void awaitKept() {
    Instant recent = Instant.now().plus(DUMP_IS_OLD_AT_MOST);
    Path copy = chain().resolve("chain.kept.json");
    Awaitility.await()
        .atMost(PATIENCE)
        .until(
            () ->
                Files.exists(copy) && Files.getLastModifiedTime(copy).toInstant().isAfter(recent));
  }

  Path programs() {
    return home.resolve(".earnest/postgresql");
  }

  /** Starts {@code dev} on a free port of its own choice. */
  EarnestProcess dev(String... more) throws IOException {
    return dev(Map.of(), more);
  }

  EarnestProcess dev(Map<String, String> environment, String... more) throws IOException {
    return EarnestProcess.start(this, environment, devArguments(more));
  }

  /** Starts {@code indexer} on a free port. */
  EarnestProcess indexer(String... more) throws IOException {
    return EarnestProcess.start(this, Map.of(), indexerArguments(more));
  }

  /** The same on a terminal of its own, for a person. */
  EarnestProcess indexerOnTerminal(String... more) throws IOException {
    List<String> arguments = indexerArguments(more);
    arguments.remove("--json");
    return EarnestProcess.startOnTerminal(this, arguments);
  }

  private List<String> indexerArguments(String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("indexer", "--json", "--state", state.toString(), "--port", "0"));
    arguments.addAll(List.of(more));
    return arguments;
  }

  EarnestProcess doctor(String... more) throws IOException {
    List<String> arguments =
        new ArrayList<>(List.of("doctor", "--json", "--state", state.toString()));
    arguments.addAll(List.of(more));
    return EarnestProcess.start(this, Map.of(), arguments);
  }

  /** The same on a terminal of its own. */
  EarnestProcess devOnTerminal(String... more) throws IOException {
    return EarnestProcess.startOnTerminal(this, devArguments(more));
  }

  private List<String> devArguments(String... more) {
    List<String> arguments = new ArrayList<>(List.of("dev", "--json", "--state", state.toString()));
    if (!List.of(more).contains("--port")) {
      arguments.addAll(List.of("--port", "0"));
    }
    arguments.addAll(List.of(more));
    return arguments;
  }

  /** What is there beyond what a run may leave: its processes, and anything but the kept state. */
  List<String> leftovers() throws Exception {
    List<String> left = new ArrayList<>(Leftovers.of(home.resolve("..").normalize()));
    left.addAll(files(temporary));
    left.addAll(unexpected());
    return left;
  }

  /**
   * Half-written files and folders, by their absence from what a clean run keeps. Into shared
   * programs other tests' runs may be unpacking right now.
   */
  private List<String> unexpected() throws IOException {
    List<String> found = new ArrayList<>();
    if (Files.isDirectory(state)) {
      found.addAll(files(state));
    }
    for (String folder : List.of("chain", "postgres")) {
      if (Files.isDirectory(state.resolve(folder))) {
        found.addAll(files(state.resolve(folder)));
      }
    }
    if (Files.isDirectory(programs()) && !Files.isSymbolicLink(programs())) {
      found.addAll(
          files(programs()).stream().filter(name -> name.startsWith("unpacking")).toList());
    }
    found.removeIf(name -> name.matches(KEPT));
    return found;
  }

  private static final String KEPT =
      "earnest\\.(lock|log.*)|issuer-keys(\\.passphrase)?|operator\\.token|chain|postgres|native"
          + "|logs|lock|chain\\.json|chain\\.kept\\.json|genesis\\.time|anvil\\.log(\\.1)?"
          + "|data|password|pg_hba\\.conf|(server|initdb)\\.log(\\.1)?";

  private static List<String> files(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.map(entry -> entry.getFileName().toString()).toList();
    }
  }
}
