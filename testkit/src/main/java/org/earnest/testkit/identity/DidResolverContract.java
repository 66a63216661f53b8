package org.earnest.testkit.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.earnest.core.identity.Did;
import org.earnest.core.identity.DidDocument;
import org.earnest.core.identity.DidResolution;
import org.earnest.core.identity.DidResolution.ErrorType;
import org.earnest.core.identity.DidResolver;
import org.earnest.core.identity.DidUrl;
import org.earnest.core.identity.VerificationMethod;
import org.junit.jupiter.api.Test;

/** What holds of every {@link DidResolver}. */
public abstract class DidResolverContract {
  /** The resolver to be judged. */
  protected abstract DidResolver resolver();

  /** A DID that the resolver has a document for. */
  protected abstract Did known();

  @Test
  protected void answersWithTheDocumentOfThatVeryDid() {
    assertThat(resolver().resolve(known()))
        .isInstanceOfSatisfying(
            DidResolution.Resolved.class,
            resolved -> assertThat(resolved.document().id()).isEqualTo(known()));
  }

  @Test
  protected void listsEveryMethodThatItAllowsForAPurpose() {
    DidDocument document = ((DidResolution.Resolved) resolver().resolve(known())).document();
    assertThat(document.relationships()).isNotEmpty();
    Set<DidUrl> listed =
        document.verificationMethods().stream()
            .map(VerificationMethod::id)
            .collect(java.util.stream.Collectors.toSet());
    document.relationships().values().forEach(ids -> assertThat(listed).containsAll(ids));
  }

  @Test
  protected void namesAMethodThatItDoesNotKnow() {
    assertThat(resolver().resolve(new Did("did:nobodyhasthis:x")))
        .isInstanceOfSatisfying(
            DidResolution.Refused.class,
            refused -> {
              assertThat(refused.error()).isEqualTo(ErrorType.METHOD_NOT_SUPPORTED);
              assertThat(refused.detail()).isNotBlank();
            });
  }

  @Test
  protected void answersTheSameTwice() {
    assertThat(resolver().resolve(known())).isEqualTo(resolver().resolve(known()));
  }
}
