package org.earnest.kit.http;

import io.javalin.http.Context;
import java.io.IOException;

/** What a stream of events tells one listener; ends when it returns. */
@FunctionalInterface
public interface EventStream {
  /**
   * Tells it. Runs without the bound on a request's time, on a thread of its own that is
   * interrupted when the host closes. A {@link ProblemException} before the first event refuses the
   * listener like any other request.
   */
  void tell(Context context, EventSink listener) throws IOException, InterruptedException;
}
