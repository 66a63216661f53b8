package org.earnest.credentials.proof;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.earnest.core.identity.DidUrl;
import org.earnest.core.identity.VerificationRelationship;
import org.earnest.credentials.key.KeyType;
import org.earnest.credentials.key.VerificationKey;
import org.earnest.credentials.model.InvalidCredentialException;

/**
 * A signature over a document, well-formed and not judged yet, by whatever mechanism: a Data
 * Integrity proof within it, or an envelope around it. Everything here is its maker's claim until
 * {@link #verifies} has said yes with a key that was found independently of it.
 */
public interface Proof {
  /** The key that is said to have made it: a DID and a fragment. */
  DidUrl verificationMethod();

  /** What the key must be allowed for by its controller. */
  VerificationRelationship purpose();

  /** The kinds of key whose signatures this mechanism knows. */
  Set<KeyType> keyTypes();

  Optional<Instant> created();

  Optional<Instant> expires();

  /** What whoever asked for the proof wanted to see in it; for one use. */
  Optional<String> challenge();

  /** Whom the proof is for; empty when it is for anybody. */
  List<String> domains();

  /** Whether whoever shows the document chose which of the signed statements are in it. */
  boolean isSelective();

  /**
   * Whether the key made it over this document.
   *
   * @param key of one of {@link #keyTypes}
   * @throws InvalidCredentialException when the document cannot be what was signed
   */
  boolean verifies(VerificationKey key) throws InvalidCredentialException;
}
