package org.earnest.kit.http;

/** Whether something can do its work now. */
public sealed interface Readiness {
  record Ready() implements Readiness {}

  /**
   * Not now.
   *
   * @param reason one sentence that may be shown to anybody
   */
  record NotReady(String reason) implements Readiness {}

  static Readiness ready() {
    return new Ready();
  }

  static Readiness notReady(String reason) {
    return new NotReady(reason);
  }

  /** Something that can be asked. */
  @FunctionalInterface
  interface Probe {
    Readiness ask();
  }
}
