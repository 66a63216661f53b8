package org.earnest.testkit.identity;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.earnest.core.identity.Did;
import org.earnest.core.identity.DidDocument;
import org.earnest.core.identity.DidResolution;
import org.earnest.core.identity.DidResolution.ErrorType;
import org.earnest.core.identity.DidResolver;
import org.earnest.core.identity.ResolutionOptions;

/** Knows the documents it was given, under the method of their DIDs. */
public final class InMemoryDidResolver implements DidResolver {
  private final Map<Did, DidResolution> answers = new ConcurrentHashMap<>();

  public InMemoryDidResolver with(DidDocument document) {
    answers.put(document.id(), new DidResolution.Resolved(document));
    return this;
  }

  /** Answers this DID with a refusal. */
  public InMemoryDidResolver refusing(Did did, ErrorType error) {
    answers.put(did, new DidResolution.Refused(error, "refused as told"));
    return this;
  }

  /** One version of every document is known, so the options change nothing. */
  @Override
  public DidResolution resolve(Did did, ResolutionOptions options) {
    DidResolution answer = answers.get(did);
    if (answer != null) {
      return answer;
    }
    boolean methodKnown =
        answers.keySet().stream().anyMatch(known -> known.method().equals(did.method()));
    return methodKnown
        ? new DidResolution.Refused(ErrorType.NOT_FOUND, did + " is unknown")
        : new DidResolution.Refused(ErrorType.METHOD_NOT_SUPPORTED, did.method() + " is unknown");
  }
}
