package org.earnest.bench.indexer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What processes have used, as Linux accounts for it; nothing where there is no such account.
 *
 * @param cpu processor time, that of children that have ended with it
 * @param memory bytes that they had in memory at most, each for itself
 */
record Used(Duration cpu, long memory) {
  /** The unit of /proc, whatever the kernel's own is. */
  private static final long TICKS_A_SECOND = 100;

  private static final int FIRST_TIME = 11;
  private static final int TIMES = 4;
  private static final long KIB = 1024;

  /** Those that this process started, itself or by others. */
  static Set<Long> children() {
    return ProcessHandle.current()
        .descendants()
        .map(ProcessHandle::pid)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** What those have used that were started since, but for the database. */
  static Used since(Set<Long> before) {
    return of(child -> !before.contains(child.pid()) && !isPostgres(child));
  }

  /**
   * Ends those that were started since, as who starts a peer does not always end what it started.
   */
  static void endSince(Set<Long> before) {
    ProcessHandle.current()
        .descendants()
        .filter(child -> !before.contains(child.pid()) && !isPostgres(child))
        .forEach(ProcessHandle::destroy);
  }

  /** What the PostgreSQL that this process started has used. */
  static Used byPostgres() {
    return of(Used::isPostgres);
  }

  private static boolean isPostgres(ProcessHandle process) {
    return process.info().command().filter(path -> path.endsWith("/postgres")).isPresent();
  }

  private static Used of(Predicate<ProcessHandle> which) {
    long ticks = 0;
    long memory = 0;
    for (ProcessHandle process : ProcessHandle.current().descendants().filter(which).toList()) {
      ticks += ticks(lines(process, "stat").findFirst().orElse(""));
      memory += lines(process, "status").mapToLong(Used::peak).sum();
    }
    return new Used(
        Duration.ofMillis(ticks * Duration.ofSeconds(1).toMillis() / TICKS_A_SECOND), memory);
  }

  /** The fields after the program's name, which may hold blanks; see proc(5). */
  private static long ticks(String stat) {
    return Arrays.stream(stat.substring(stat.lastIndexOf(')') + 1).strip().split(" "))
        .skip(FIRST_TIME)
        .limit(TIMES)
        .mapToLong(Long::parseLong)
        .sum();
  }

  private static long peak(String line) {
    return line.startsWith("VmHWM:") ? Long.parseLong(line.replaceAll("[^0-9]", "")) * KIB : 0;
  }

  private static Stream<String> lines(ProcessHandle process, String file) {
    try {
      Path path = Path.of("/proc", Long.toString(process.pid()), file);
      return Files.readAllLines(path, StandardCharsets.ISO_8859_1).stream();
    } catch (IOException gone) {
      return Stream.empty();
    }
  }
}
