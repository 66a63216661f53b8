package org.earnest.bench.did;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.earnest.core.identity.Did;
import org.earnest.core.identity.DidResolution;
import org.earnest.core.identity.DidResolver;
import org.earnest.did.CompositeDidResolver;
import org.earnest.did.cache.CachingDidResolver;
import org.earnest.did.fetch.DocumentFetcher.Answer;
import org.earnest.did.key.KeyDidMethod;
import org.earnest.did.web.WebDidMethod;

/** The library as the README wires it, asked by one thread. */
final class OurResolvers {
  private static final double NANOS_PER_MICRO = 1e3;

  private final DidResolver fresh;
  private final DidResolver remembering;

  OurResolvers(Map<String, String> documents) {
    WebDidMethod web =
        new WebDidMethod(
            (uri, accept) ->
                Optional.ofNullable(documents.get(uri.toString()))
                    .<Answer>map(
                        text -> new Answer.Received(200, Optional.of("application/json"), text))
                    .orElseGet(() -> new Answer.Received(404, Optional.empty(), "")));
    CompositeDidResolver methods = new CompositeDidResolver(List.of(new KeyDidMethod(), web));
    this.fresh = methods;
    this.remembering = new CachingDidResolver(methods);
  }

  /**
   * What one resolution takes.
   *
   * @param micros of the processor, the collector's included
   * @param bytes allocated
   */
  record Figure(double micros, double bytes) {}

  /**
   * Asks again and again for at least that long.
   *
   * @throws IllegalStateException when an answer is not the document that was asked for
   */
  Figure ask(DidQuestion question, Duration time) {
    var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    DidResolver resolver = question.remembered() ? remembering : fresh;
    long bytes = threads.getCurrentThreadAllocatedBytes();
    long cpu = system.getProcessCpuTime();
    long end = System.nanoTime() + time.toNanos();
    long count = 0;
    do {
      for (Did did : question.dids()) {
        requireDocument(did, resolver.resolve(did));
      }
      count += question.dids().size();
    } while (System.nanoTime() < end);
    return new Figure(
        (system.getProcessCpuTime() - cpu) / NANOS_PER_MICRO / count,
        (double) (threads.getCurrentThreadAllocatedBytes() - bytes) / count);
  }

  private static void requireDocument(Did did, DidResolution answer) {
    if (!(answer instanceof DidResolution.Resolved found) || !found.document().id().equals(did)) {
      throw new IllegalStateException(did + " is answered with " + answer);
    }
  }
}
