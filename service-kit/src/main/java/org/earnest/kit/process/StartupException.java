package org.earnest.kit.process;

import org.jspecify.annotations.Nullable;

/** Something that a run needs could not be had. Says what, and what to do about it. */
public class StartupException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String code;
  private final String remedy;

  /**
   * @param code stable, lower snake case, such as {@code port_in_use}
   * @param message what is wrong, in one sentence
   * @param remedy what the reader can do, in one sentence
   */
  public StartupException(String code, String message, String remedy, @Nullable Throwable cause) {
    super(message, cause);
    this.code = code;
    this.remedy = remedy;
  }

  public StartupException(String code, String message, String remedy) {
    this(code, message, remedy, null);
  }

  public final String code() {
    return code;
  }

  public final String remedy() {
    return remedy;
  }
}
