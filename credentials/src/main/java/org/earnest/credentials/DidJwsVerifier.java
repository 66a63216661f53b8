package org.earnest.credentials;

import java.util.List;
import java.util.Set;
import org.earnest.core.identity.Did;
import org.earnest.core.identity.DidResolver;
import org.earnest.core.identity.JwsVerifier;
import org.earnest.credentials.jose.JwtProof;
import org.earnest.credentials.jose.StrictJws;
import org.earnest.credentials.model.InvalidCredentialException;

/**
 * Judges signatures that carry no type, as those of x402's offers. One with a type, such as a
 * credential, was made to say something else, and is none here.
 */
public final class DidJwsVerifier implements JwsVerifier {
  private final DidResolver resolver;

  public DidJwsVerifier(DidResolver resolver) {
    this.resolver = resolver;
  }

  @Override
  public boolean isSignedBy(Set<Did> signers, String compact) {
    try {
      StrictJws jws = StrictJws.parseUntyped(compact);
      Did signer = jws.keyId().did();
      if (!signers.contains(signer)) {
        return false;
      }
      new ProofKeys(resolver, new CheckList()).require(signer, List.of(JwtProof.assertion(jws)));
      return true;
    } catch (InvalidCredentialException refused) {
      return false;
    }
  }
}
