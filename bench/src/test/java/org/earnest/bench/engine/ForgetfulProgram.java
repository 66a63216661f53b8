package org.earnest.bench.engine;

import java.io.IOException;
import org.earnest.testkit.submission.InMemorySubmissionJournal;

/** The engine with a journal that is gone with its process, as memory is. */
public final class ForgetfulProgram {
  private ForgetfulProgram() {}

  public static void main(String[] args) throws IOException {
    EngineProgram.run(durable -> new InMemorySubmissionJournal());
  }
}
