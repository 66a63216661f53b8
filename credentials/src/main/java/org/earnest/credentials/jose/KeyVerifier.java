package org.earnest.credentials.jose;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.jca.JCAContext;
import com.nimbusds.jose.util.Base64URL;
import java.util.Set;
import org.earnest.credentials.key.VerificationKey;

/** Verifies by one key, and by the one algorithm that follows from it. */
final class KeyVerifier implements JWSVerifier {
  private final JCAContext unused = new JCAContext();
  private final VerificationKey key;

  KeyVerifier(VerificationKey key) {
    this.key = key;
  }

  @Override
  public boolean verify(JWSHeader header, byte[] signingInput, Base64URL signature) {
    return JwsAlgorithms.typeOf(header.getAlgorithm().getName())
            .filter(key.type()::equals)
            .isPresent()
        && key.verifies(signingInput, signature.decode());
  }

  @Override
  public Set<JWSAlgorithm> supportedJWSAlgorithms() {
    return JwsAlgorithms.of(key.type());
  }

  @Override
  public JCAContext getJCAContext() {
    return unused;
  }
}
