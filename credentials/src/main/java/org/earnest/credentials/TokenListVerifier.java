package org.earnest.credentials;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.earnest.core.identity.Did;
import org.earnest.core.identity.DidResolver;
import org.earnest.credentials.jose.JwtProof;
import org.earnest.credentials.jose.StrictJws;
import org.earnest.credentials.model.CredentialRefusal;
import org.earnest.credentials.model.InvalidCredentialException;
import org.earnest.credentials.proof.Proof;
import org.earnest.credentials.status.TokenList;
import org.earnest.credentials.status.TokenStatus.TokenListReader;

/** Verifies Token Status Lists by the keys of the issuer whose tokens they are about. */
public final class TokenListVerifier implements TokenListReader {
  private final DidResolver resolver;

  public TokenListVerifier(DidResolver resolver) {
    this.resolver = resolver;
  }

  @Override
  public TokenList read(String jwt, Did issuer, URI url, Instant now)
      throws InvalidCredentialException {
    try {
      StrictJws jws = StrictJws.parse(jwt.strip(), Set.of(TokenList.TYPE));
      Proof proof = JwtProof.assertion(jws);
      new ProofKeys(resolver, new CheckList()).require(issuer, List.of(proof));
      ValidityTimes.require(proof, now);
      return TokenList.of(issuer, jws.payload(), url);
    } catch (InvalidCredentialException refused) {
      throw new InvalidCredentialException(
          refused.refusal().retryable()
              ? CredentialRefusal.STATUS_UNAVAILABLE
              : CredentialRefusal.STATUS_INVALID,
          "the status list does not count: " + refused.detail());
    }
  }
}
