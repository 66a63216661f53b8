package org.earnest.credentials.jose;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.earnest.core.identity.DidUrl;
import org.earnest.core.identity.VerificationRelationship;
import org.earnest.credentials.key.KeyType;
import org.earnest.credentials.key.VerificationKey;
import org.earnest.credentials.model.InvalidCredentialException;
import org.earnest.credentials.proof.Proof;

/** The signature of a JWT. */
public record JwtProof(
    StrictJws jws,
    DidUrl verificationMethod,
    VerificationRelationship purpose,
    JwtTimes times,
    Optional<String> challenge,
    List<String> domains)
    implements Proof {
  public JwtProof {
    domains = List.copyOf(domains);
  }

  /**
   * The signature of a JWT by which its issuer asserts something.
   *
   * @throws InvalidCredentialException {@code PROOF_MALFORMED}
   */
  public static JwtProof assertion(StrictJws jws) throws InvalidCredentialException {
    return new JwtProof(
        jws,
        jws.keyId(),
        VerificationRelationship.ASSERTION_METHOD,
        JwtTimes.of(jws.payload()),
        Optional.empty(),
        List.of());
  }

  @Override
  public Set<KeyType> keyTypes() {
    return Set.of(jws.type());
  }

  @Override
  public Optional<Instant> created() {
    return times.notBefore();
  }

  @Override
  public Optional<Instant> expires() {
    return times.expires();
  }

  @Override
  public boolean isSelective() {
    return false;
  }

  @Override
  public boolean verifies(VerificationKey key) {
    return jws.verifies(key);
  }
}
