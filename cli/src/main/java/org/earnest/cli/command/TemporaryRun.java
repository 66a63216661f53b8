package org.earnest.cli.command;

import org.earnest.cli.state.NativeLibraries;
import org.earnest.cli.state.TemporaryState;
import org.earnest.kit.log.Logging;
import org.earnest.kit.process.Lifecycle;
import org.earnest.kit.state.StateDirectory;
import org.slf4j.event.Level;

/** Begins a run that leaves nothing behind. */
final class TemporaryRun {
  private TemporaryRun() {}

  /**
   * Its folder, with native libraries and a log in it; gone when the lifecycle ends.
   *
   * @param level from which on it is logged
   */
  static StateDirectory begin(Lifecycle lifecycle, Level level) {
    StateDirectory state =
        lifecycle.start(() -> TemporaryState.open(EarnestHome.temporary())).directory();
    NativeLibraries.unpackInto(state);
    Logging.start(level, state.resolve("earnest.log"));
    return state;
  }
}
