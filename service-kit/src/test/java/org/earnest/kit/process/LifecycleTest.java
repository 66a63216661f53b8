package org.earnest.kit.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

class LifecycleTest {
  private final List<String> closed = new ArrayList<>();

  @Test
  void closesLastFirstAndOnce() throws Exception {
    Lifecycle lifecycle = new Lifecycle();
    lifecycle.start(() -> resource("first"));
    lifecycle.start(() -> resource("second"));

    lifecycle.close();
    lifecycle.close();
    lifecycle.awaitClosed();

    assertThat(closed).containsExactly("second", "first");
  }

  @Test
  void closesTheOthersWhenOneRefuses() {
    try (Lifecycle lifecycle = new Lifecycle()) {
      lifecycle.start(() -> resource("first"));
      lifecycle.start(
          () ->
              (AutoCloseable)
                  () -> {
                    throw new IOException("will not");
                  });
      lifecycle.start(() -> resource("third"));
    }
    assertThat(closed).containsExactly("third", "first");
  }

  @Test
  void closesWhatWasStartedBeforeAFailedStart() {
    assertThatThrownBy(
            () -> {
              try (Lifecycle lifecycle = new Lifecycle()) {
                lifecycle.start(() -> resource("first"));
                lifecycle.start(
                    () -> {
                      throw new StartupException("port_in_use", "taken", "choose another");
                    });
              }
            })
        .isInstanceOf(StartupException.class);
    assertThat(closed).containsExactly("first");
  }

  @Test
  void startsNothingOnceItIsClosing() {
    Lifecycle lifecycle = new Lifecycle();
    lifecycle.close();
    assertThatThrownBy(() -> lifecycle.start(() -> resource("late")))
        .isInstanceOf(CancellationException.class);
    assertThat(closed).isEmpty();
  }

  @Test
  void closesNothingUnderAStepAndStartsNothingAfterIt() throws Exception {
    Lifecycle lifecycle = new Lifecycle();
    lifecycle.start(() -> resource("first"));
    Thread signal = new Thread(lifecycle::close);
    assertThatThrownBy(
            () ->
                lifecycle.inSteps(
                    () -> {
                      signal.start();
                      awaitWaiting(signal);
                      assertThat(closed).isEmpty();
                      return lifecycle.start(() -> resource("late"));
                    }))
        .isInstanceOf(CancellationException.class);
    signal.join();
    assertThat(closed).containsExactly("first");
  }

  private static void awaitWaiting(Thread thread) {
    while (thread.isAlive() && thread.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
  }

  private AutoCloseable resource(String name) {
    return () -> closed.add(name);
  }
}
