package org.earnest.credentials.jose;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.jca.JCAContext;
import com.nimbusds.jose.util.Base64URL;
import java.util.Set;
import org.earnest.core.identity.DidSigner;

/** Signs by a key wherever it lives. */
final class SignerAdapter implements JWSSigner {
  private final JCAContext unused = new JCAContext();
  private final DidSigner signer;

  SignerAdapter(DidSigner signer) {
    this.signer = signer;
  }

  @Override
  public Base64URL sign(JWSHeader header, byte[] signingInput) {
    return Base64URL.encode(signer.sign(signingInput));
  }

  @Override
  public Set<JWSAlgorithm> supportedJWSAlgorithms() {
    return Set.of(JWSAlgorithm.parse(signer.jwsAlgorithm()));
  }

  @Override
  public JCAContext getJCAContext() {
    return unused;
  }
}
