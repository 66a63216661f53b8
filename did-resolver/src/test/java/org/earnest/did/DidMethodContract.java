package org.earnest.did;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.earnest.core.identity.Did;
import org.earnest.core.identity.DidDocument;
import org.earnest.core.identity.DidResolution;
import org.earnest.core.identity.DidResolution.ErrorType;
import org.earnest.core.identity.DidResolver;
import org.earnest.core.identity.VerificationMethod;
import org.earnest.testkit.identity.DidResolverContract;
import org.junit.jupiter.api.Test;

/** What holds of every {@link DidMethod}; each method's test extends it. */
public abstract class DidMethodContract extends DidResolverContract {
  private static final long SEED = 20261121;
  private static final String ALPHABET = "0123456789abcdefxyzABCDEFXYZ:._-";

  protected abstract DidMethod method();

  /** DIDs that have a document; at least one. */
  protected abstract List<String> valid();

  /** DIDs of this method whose identifier its syntax forbids; at least one. */
  protected abstract List<String> malformed();

  @Override
  protected DidResolver resolver() {
    return new CompositeDidResolver(List.of(method()));
  }

  @Override
  protected Did known() {
    return new Did(valid().getFirst());
  }

  @Test
  void everyDocumentSpeaksOfItsOwnDidOnly() {
    for (String did : valid()) {
      DidDocument document = resolved(method().resolve(new Did(did)));
      assertThat(document.id().value()).isEqualTo(did).startsWith("did:" + method().name() + ":");
      assertThat(document.verificationMethods()).isNotEmpty();
      for (VerificationMethod key : document.verificationMethods()) {
        assertThat(key.id().did()).isEqualTo(document.id());
        assertThat(key.id().fragment()).isPresent();
        assertThat(key.controller()).isEqualTo(document.id());
      }
    }
  }

  @Test
  void refusesMalformedIdentifiers() {
    for (String did : malformed()) {
      assertThat(method().resolve(new Did(did)))
          .as(did)
          .isInstanceOfSatisfying(
              DidResolution.Refused.class,
              refused -> assertThat(refused.error()).isEqualTo(ErrorType.INVALID_DID));
    }
  }

  @Test
  void neverThrowsForWhatAStrangerWrites() {
    Random random = new Random(SEED);
    for (int i = 0; i < 5_000; i++) {
      String did = mutated(valid().get(random.nextInt(valid().size())), random);
      try {
        new Did(did);
      } catch (IllegalArgumentException notADid) {
        continue;
      }
      assertThat(method().resolve(new Did(did))).as("seed %d: %s", SEED, did).isNotNull();
    }
  }

  private String mutated(String did, Random random) {
    int start = "did::".length() + method().name().length();
    StringBuilder text = new StringBuilder(did);
    for (int edits = 1 + random.nextInt(3); edits > 0 && text.length() > start; edits--) {
      int at = start + random.nextInt(text.length() - start);
      char any = ALPHABET.charAt(random.nextInt(ALPHABET.length()));
      switch (random.nextInt(3)) {
        case 0 -> text.setCharAt(at, any);
        case 1 -> text.deleteCharAt(at);
        default -> text.insert(at, any);
      }
    }
    return text.toString();
  }

  protected static DidDocument resolved(DidResolution resolution) {
    assertThat(resolution).isInstanceOf(DidResolution.Resolved.class);
    return ((DidResolution.Resolved) resolution).document();
  }
}
