package org.earnest.credentials.jose;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import java.util.Optional;
import org.earnest.core.identity.DidSigner;
import tools.jackson.databind.node.ObjectNode;

/** Signs JSON as JWS in compact form. */
public final class JwsWriter {
  private JwsWriter() {}

  /**
   * Signs; the header names the key.
   *
   * @param type for {@code typ}
   * @param contentType for {@code cty}
   * @throws org.earnest.core.chain.SignerUnavailableException when the key cannot be used now
   */
  public static String sign(
      ObjectNode payload, String type, Optional<String> contentType, DidSigner signer) {
    return sign(
        payload, type, contentType, Optional.of(signer.verificationMethod().toString()), signer);
  }

  /** Signs by a key that the reader knows from elsewhere, such as a holder's. */
  public static String signUnnamed(ObjectNode payload, String type, DidSigner signer) {
    return sign(payload, type, Optional.empty(), Optional.empty(), signer);
  }

  private static String sign(
      ObjectNode payload,
      String type,
      Optional<String> contentType,
      Optional<String> keyId,
      DidSigner signer) {
    JWSHeader.Builder header =
        new JWSHeader.Builder(JWSAlgorithm.parse(signer.jwsAlgorithm()))
            .type(new JOSEObjectType(type));
    contentType.ifPresent(header::contentType);
    keyId.ifPresent(header::keyID);
    JWSObject jws = new JWSObject(header.build(), new Payload(StrictJws.bytes(payload)));
    try {
      jws.sign(new SignerAdapter(signer));
      return jws.serialize();
    } catch (JOSEException wrongKey) {
      throw new IllegalArgumentException("the signer's algorithm is not one of JWS", wrongKey);
    }
  }
}
