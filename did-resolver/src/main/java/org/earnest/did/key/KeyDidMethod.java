package org.earnest.did.key;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.earnest.core.identity.Did;
import org.earnest.core.identity.DidDocument;
import org.earnest.core.identity.DidResolution;
import org.earnest.core.identity.DidResolution.ErrorType;
import org.earnest.core.identity.DidUrl;
import org.earnest.core.identity.ResolutionOptions;
import org.earnest.core.identity.VerificationMethod;
import org.earnest.core.identity.VerificationRelationship;
import org.earnest.did.DidMethod;

/**
 * did:key: the identifier is the key, and the document follows from it. No key agreement key is
 * derived from a signing key (the method's default).
 */
public final class KeyDidMethod implements DidMethod {
  public static final String NAME = "key";
  private static final Set<VerificationRelationship> SIGNING =
      EnumSet.complementOf(EnumSet.of(VerificationRelationship.KEY_AGREEMENT));
  private static final Set<VerificationRelationship> AGREEMENT =
      EnumSet.of(VerificationRelationship.KEY_AGREEMENT);

  @Override
  public String name() {
    return NAME;
  }

  /** The DID of a key. */
  public static Did didOf(PublicKeyMultibase key) {
    return new Did("did:key:" + key);
  }

  @Override
  public DidResolution resolve(Did did, ResolutionOptions options) {
    try {
      return new DidResolution.Resolved(
          document(did, PublicKeyMultibase.parse(did.methodSpecificId())));
    } catch (IllegalArgumentException refused) {
      return new DidResolution.Refused(ErrorType.INVALID_DID, String.valueOf(refused.getMessage()));
    }
  }

  private static DidDocument document(Did did, PublicKeyMultibase key) {
    DidUrl id = did.fragment(key.text());
    Map<VerificationRelationship, Set<DidUrl>> relationships =
        new EnumMap<>(VerificationRelationship.class);
    relationshipsOf(key.type())
        .forEach(relationship -> relationships.put(relationship, Set.of(id)));
    return new DidDocument(
        did,
        Set.of(),
        List.of(new VerificationMethod.Multikey(id, did, key.text())),
        relationships,
        List.of());
  }

  private static Set<VerificationRelationship> relationshipsOf(PublicKeyType type) {
    return switch (type) {
      case X25519 -> AGREEMENT;
      case ED25519, SECP256K1, P256, P384 -> SIGNING;
    };
  }
}
