package org.earnest.kit.process;

import org.jspecify.annotations.Nullable;

/** A child process could not be started, ended by itself, or did not say what was waited for. */
public final class ChildFailedException extends StartupException {
  private static final long serialVersionUID = 1L;

  ChildFailedException(String message, String remedy, @Nullable Throwable cause) {
    super("child_failed", message, remedy, cause);
  }
}
