package org.earnest.bench.did;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.XECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.earnest.bindings.crypto.LocalSigner;
import org.earnest.core.identity.Did;
import org.earnest.did.key.PublicKeyMultibase;
import org.earnest.did.key.PublicKeyType;

/**
 * DIDs of fresh keys, and the documents that hosts publish for some.
 *
 * @param documents by URL
 */
record DidSample(List<DidQuestion> questions, Map<String, String> documents) {
  private static final int DIDS = 100;
  private static final double CACHED_MICROS = 5;
  private static final double KEY_MICROS = 30;

  DidSample {
    questions = List.copyOf(questions);
    documents = Map.copyOf(documents);
  }

  static DidSample make() {
    List<DidQuestion> questions = new ArrayList<>();
    List<Did> ed25519 = keys(PublicKeyType.ED25519);
    questions.add(question("did:key remembered", ed25519, true, CACHED_MICROS));
    for (PublicKeyType type :
        List.of(
            PublicKeyType.ED25519,
            PublicKeyType.X25519,
            PublicKeyType.P256,
            PublicKeyType.P384,
            PublicKeyType.SECP256K1)) {
      List<Did> dids = type == PublicKeyType.ED25519 ? ed25519 : keys(type);
      questions.add(question("did:key " + type, dids, false, KEY_MICROS));
    }
    Map<String, String> documents = new LinkedHashMap<>();
    List<Did> web = new ArrayList<>();
    for (Did key : ed25519) {
      Did did = new Did("did:web:h" + web.size() + ".example");
      web.add(did);
      documents.put(
          "https://" + did.methodSpecificId() + "/.well-known/did.json", document(did, key));
    }
    questions.add(question("did:web remembered", web, true, CACHED_MICROS));
    questions.add(new DidQuestion("did:web, document at hand", web, false, OptionalDouble.empty()));
    return new DidSample(questions, documents);
  }

  private static DidQuestion question(
      String name, List<Did> dids, boolean remembered, double target) {
    return new DidQuestion(name, dids, remembered, OptionalDouble.of(target));
  }

  private static List<Did> keys(PublicKeyType type) {
    return IntStream.range(0, DIDS)
        .mapToObj(any -> new Did("did:key:" + PublicKeyMultibase.of(type, key(type))))
        .toList();
  }

  private static byte[] key(PublicKeyType type) {
    try {
      return switch (type) {
        case ED25519 -> tail(pair("Ed25519", "").getPublic().getEncoded(), type.length());
        case X25519 -> {
          BigInteger u = ((XECPublicKey) pair("X25519", "").getPublic()).getU();
          yield littleEndian(u, type.length());
        }
        case P256 -> compressed((ECPublicKey) pair("EC", "secp256r1").getPublic(), type);
        case P384 -> compressed((ECPublicKey) pair("EC", "secp384r1").getPublic(), type);
        case SECP256K1 -> {
          byte[] both = LocalSigner.random().publicKey();
          boolean odd = (both[both.length - 1] & 1) == 1;
          yield compressed(Arrays.copyOf(both, both.length / 2), odd, type);
        }
      };
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every JDK has these curves", impossible);
    }
  }

  private static KeyPair pair(String algorithm, String curve) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
    if (!curve.isEmpty()) {
      generator.initialize(new ECGenParameterSpec(curve));
    }
    return generator.generateKeyPair();
  }

  private static byte[] tail(byte[] bytes, int length) {
    return Arrays.copyOfRange(bytes, bytes.length - length, bytes.length);
  }

  private static byte[] littleEndian(BigInteger number, int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = number.shiftRight(Byte.SIZE * i).byteValue();
    }
    return bytes;
  }

  private static byte[] compressed(ECPublicKey key, PublicKeyType type) {
    return compressed(
        key.getW().getAffineX().toByteArray(), key.getW().getAffineY().testBit(0), type);
  }

  private static byte[] compressed(byte[] x, boolean odd, PublicKeyType type) {
    byte[] bytes = new byte[type.length()];
    int length = Math.min(x.length, bytes.length - 1);
    System.arraycopy(x, x.length - length, bytes, bytes.length - length, length);
    bytes[0] = (byte) (odd ? 3 : 2);
    return bytes;
  }

  private static String document(Did did, Did key) {
    String method = did + "#key-1";
    return """
        {"@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"],
         "id": "%s", "alsoKnownAs": ["%s"],
         "verificationMethod": [{"id": "%s", "type": "Multikey", "controller": "%s",
           "publicKeyMultibase": "%s"}],
         "authentication": ["%s"], "assertionMethod": ["%s"],
         "service": [{"id": "%s#agent", "type": "AgentService",
           "serviceEndpoint": "https://%s/agent"}]}
        """
        .formatted(
            did,
            key,
            method,
            did,
            key.methodSpecificId(),
            method,
            method,
            did,
            did.methodSpecificId());
  }
}
