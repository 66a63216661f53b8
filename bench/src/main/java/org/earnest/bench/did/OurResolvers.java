package org.earnest.bench.did;

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
   * Asks for each once.
   *
   * @return how many
   * @throws IllegalStateException when an answer is not the document that was asked for
   */
  int ask(DidQuestion question) {
    DidResolver resolver = question.remembered() ? remembering : fresh;
    for (Did did : question.dids()) {
      requireDocument(did, resolver.resolve(did));
    }
    return question.dids().size();
  }

  private static void requireDocument(Did did, DidResolution answer) {
    if (!(answer instanceof DidResolution.Resolved found) || !found.document().id().equals(did)) {
      throw new IllegalStateException(did + " is answered with " + answer);
    }
  }
}
