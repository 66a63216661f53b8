package org.earnest.payments.testing;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Arrays;
import java.util.Base64;
import org.earnest.core.identity.Did;
import org.earnest.core.identity.DidSigner;
import org.earnest.core.identity.DidUrl;

/** An Ed25519 key as the JDK has it, under did:jwk. */
public final class DidKey implements DidSigner {
  private static final int KEY_BYTES = 32;
  private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

  private final KeyPair pair;
  private final DidUrl method;

  private DidKey(KeyPair pair) {
    this.pair = pair;
    byte[] encoded = pair.getPublic().getEncoded();
    byte[] raw = Arrays.copyOfRange(encoded, encoded.length - KEY_BYTES, encoded.length);
    String jwk =
        "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"%s\"}"
            .formatted(BASE64URL.encodeToString(raw));
    method =
        new Did("did:jwk:" + BASE64URL.encodeToString(jwk.getBytes(StandardCharsets.UTF_8)))
            .fragment("0");
  }

  public static DidKey random() {
    try {
      return new DidKey(KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public DidUrl verificationMethod() {
    return method;
  }

  @Override
  public String jwsAlgorithm() {
    return "EdDSA";
  }

  @Override
  public byte[] sign(byte[] message) {
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initSign(pair.getPrivate());
      signature.update(message);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What a signature in compact form says, which must be this key's. */
  public String verified(String jws) throws GeneralSecurityException {
    String[] parts = jws.split("\\.", -1);
    Signature signature = Signature.getInstance("Ed25519");
    PublicKey key = pair.getPublic();
    signature.initVerify(key);
    signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
    if (!signature.verify(Base64.getUrlDecoder().decode(parts[2]))) {
      throw new AssertionError("the signature is not this key's");
    }
    return new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
  }
}
