package org.earnest.devnet;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A process of a run that was killed: it is ending, or has to, before its files are used again. */
final class LeftoverProcess {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private LeftoverProcess() {}

  /** Ends whatever was started with this option and file; the file's path makes it ours. */
  static void end(String option, Path file) {
    List<ProcessHandle> leftovers =
        ProcessHandle.allProcesses()
            .filter(process -> startedWith(process, option, file.toString()))
            .toList();
    leftovers.forEach(ProcessHandle::destroy);
    leftovers.forEach(LeftoverProcess::awaitEnd);
  }

  private static boolean startedWith(ProcessHandle process, String option, String file) {
    List<String> arguments = process.info().arguments().map(List::of).orElse(List.of());
    int at = arguments.indexOf(option);
    return at >= 0 && at + 1 < arguments.size() && arguments.get(at + 1).equals(file);
  }

  private static void awaitEnd(ProcessHandle process) {
    try {
      process.onExit().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException stuck) {
      process.destroyForcibly();
      process.onExit().join();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
