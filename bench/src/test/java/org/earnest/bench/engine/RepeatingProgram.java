package org.earnest.bench.engine;

import java.io.IOException;
import java.util.UUID;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.submission.ForwardingSubmissionJournal;
import org.earnest.core.submission.SubmissionJournal;
import org.earnest.core.submission.SubmissionRequest;

/** The engine with a journal for which no two requests are equal: it sends whatever it is asked. */
public final class RepeatingProgram {
  private RepeatingProgram() {}

  public static void main(String[] args) throws IOException {
    EngineProgram.run(Repeating::new);
  }

  private static final class Repeating extends ForwardingSubmissionJournal {
    Repeating(SubmissionJournal journal) {
      super(journal);
    }

    @Override
    public Claim claim(Caip2ChainId chain, EvmAddress sender, SubmissionRequest request) {
      return super.claim(
          chain,
          sender,
          new SubmissionRequest(
              request.key() + "/" + UUID.randomUUID(), request.to(), request.data()));
    }
  }
}
