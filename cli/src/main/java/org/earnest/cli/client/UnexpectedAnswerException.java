package org.earnest.cli.client;

/** The house refused what should have worked. */
public final class UnexpectedAnswerException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnexpectedAnswerException(String what, Answer answer) {
    super(what + " was answered with " + answer.status() + ": " + answer.body());
  }
}
