package org.earnest.cli.client;

import java.io.IOException;
import java.io.Serial;

/** An answer that is not read to its end: more than {@link HouseClient#MAX_ANSWER_BYTES}. */
public final class AnswerTooLargeException extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  AnswerTooLargeException() {
    super("the answer has more than " + HouseClient.MAX_ANSWER_BYTES + " bytes");
  }
}
