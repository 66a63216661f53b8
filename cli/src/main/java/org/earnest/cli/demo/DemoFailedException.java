package org.earnest.cli.demo;

/** The demo could not go on. */
public final class DemoFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DemoFailedException(String message) {
    super(message);
  }
}
