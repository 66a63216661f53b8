package org.earnest.credentials.custody;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.PasswordBasedDecrypter;
import com.nimbusds.jose.crypto.PasswordBasedEncrypter;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import org.earnest.bindings.signer.Passphrase;
import org.earnest.credentials.jose.JwkKey;
import org.earnest.credentials.key.LocalSigner;
import org.earnest.credentials.key.VerificationKey;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A private key as an encrypted JWK (RFC 7517 §7 and Appendix C): PBES2-HS512+A256KW (RFC 7518
 * §4.8) and A256GCM. The header is read before anything is derived, as it says how long that takes.
 */
final class EncryptedJwk {
  /** A key of P-384 has half of it. */
  static final int MAX_BYTES = 4096;

  /** A few seconds; nimbus itself stops there. */
  static final int MAX_ROUNDS = PasswordBasedDecrypter.MAX_ALLOWED_ITERATION_COUNT;

  private static final int SALT_BYTES = 16;
  private static final String CONTENT_TYPE = "jwk+json";
  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
          .build();

  private EncryptedJwk() {}

  static byte[] encrypt(
      String name,
      LocalSigner signer,
      byte[] secret,
      Passphrase passphrase,
      Stretching stretching) {
    VerificationKey key = VerificationKey.parse(signer.publicKeyMultibase()).orElseThrow();
    ObjectNode jwk =
        JwkKey.of(key)
            .put("kid", name)
            .put("d", Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
    JWEObject jwe =
        new JWEObject(
            new JWEHeader.Builder(JWEAlgorithm.PBES2_HS512_A256KW, EncryptionMethod.A256GCM)
                .contentType(CONTENT_TYPE)
                .build(),
            new Payload(JSON.writeValueAsBytes(jwk)));
    byte[] typed = passphrase.utf8();
    try {
      jwe.encrypt(new PasswordBasedEncrypter(typed, SALT_BYTES, stretching.rounds()));
      return jwe.serialize().getBytes(StandardCharsets.US_ASCII);
    } catch (JOSEException lacking) {
      throw new IllegalStateException("the platform lacks an algorithm that keys need", lacking);
    } finally {
      Arrays.fill(typed, (byte) 0);
    }
  }

  static KeyOutcome<LocalSigner> decrypt(
      String name, byte[] file, Passphrase passphrase, Stretching stretching) {
    JWEObject jwe;
    try {
      jwe = JWEObject.parse(new String(file, StandardCharsets.US_ASCII).strip());
    } catch (ParseException malformed) {
      return new KeyOutcome.Refused<>(KeyRefusal.MALFORMED);
    }
    Optional<KeyRefusal> refusal = refusal(file.length, jwe.getHeader(), stretching);
    if (refusal.isPresent()) {
      return new KeyOutcome.Refused<>(refusal.get());
    }
    if (passphrase.isEmpty()) {
      return new KeyOutcome.Refused<>(KeyRefusal.PASSPHRASE);
    }
    byte[] typed = passphrase.utf8();
    try {
      jwe.decrypt(new PasswordBasedDecrypter(typed));
    } catch (JOSEException other) {
      return new KeyOutcome.Refused<>(KeyRefusal.PASSPHRASE);
    } finally {
      Arrays.fill(typed, (byte) 0);
    }
    return key(name, jwe.getPayload().toBytes())
        .<KeyOutcome<LocalSigner>>map(KeyOutcome.Done::new)
        .orElseGet(() -> new KeyOutcome.Refused<>(KeyRefusal.MALFORMED));
  }

  private static Optional<KeyRefusal> refusal(int bytes, JWEHeader header, Stretching stretching) {
    if (bytes > MAX_BYTES
        || !CONTENT_TYPE.equals(header.getContentType())
        || header.getCompressionAlgorithm() != null
        || header.getCriticalParams() != null
        || header.getPBES2Salt() == null) {
      return Optional.of(KeyRefusal.MALFORMED);
    }
    if (!header.getAlgorithm().equals(JWEAlgorithm.PBES2_HS512_A256KW)
        || !header.getEncryptionMethod().equals(EncryptionMethod.A256GCM)) {
      return Optional.of(KeyRefusal.CIPHER);
    }
    int rounds = header.getPBES2Count();
    return rounds < stretching.least() || rounds > MAX_ROUNDS
        ? Optional.of(KeyRefusal.ROUNDS)
        : Optional.empty();
  }

  /** Empty where the private half is not that of the public one, or the name another key's. */
  private static Optional<LocalSigner> key(String name, byte[] plain) {
    try {
      JsonNode read = JSON.readTree(new String(plain, StandardCharsets.UTF_8));
      if (!(read instanceof ObjectNode jwk) || !jwk.path("kid").asString("").equals(name)) {
        return Optional.empty();
      }
      byte[] secret = Base64.getUrlDecoder().decode(jwk.path("d").asString(""));
      jwk.remove("d");
      try {
        return JwkKey.parse(jwk)
            .filter(key -> secret.length == key.type().secretBytes())
            .flatMap(key -> own(key, secret));
      } finally {
        Arrays.fill(secret, (byte) 0);
      }
    } catch (JacksonException | IllegalArgumentException malformed) {
      return Optional.empty();
    } finally {
      Arrays.fill(plain, (byte) 0);
    }
  }

  private static Optional<LocalSigner> own(VerificationKey key, byte[] secret) {
    return Optional.of(LocalSigner.didKey(key.type(), secret))
        .filter(signer -> signer.publicKeyMultibase().equals(key.multibase()));
  }
}
