package org.earnest.credentials.selective;

import com.upokecenter.cbor.CBORObject;
import java.util.ArrayList;
import java.util.List;
import org.earnest.credentials.key.KeyType;
import org.earnest.credentials.key.VerificationKey;
import org.earnest.credentials.model.InvalidCredentialException;

/** A signature by P-256: r, then s (IEEE P1363). */
public final class Signature {
  /** Of one proof, each judged at the cost of a signature. */
  public static final int MAX_SIGNATURES = 2_048;

  private final byte[] octets;

  /**
   * A signature.
   *
   * @param octets 64; copied
   */
  public Signature(byte[] octets) {
    if (octets.length != KeyType.P256.signatureBytes()) {
      throw new IllegalArgumentException("a signature by P-256 has 64 bytes");
    }
    this.octets = octets.clone();
  }

  static Signature of(CBORObject value) throws InvalidCredentialException {
    return new Signature(Cbor.octets(value, KeyType.P256.signatureBytes()));
  }

  static List<Signature> each(CBORObject array) throws InvalidCredentialException {
    List<Signature> all = new ArrayList<>();
    for (CBORObject item : Cbor.items(array, MAX_SIGNATURES)) {
      all.add(of(item));
    }
    return all;
  }

  CBORObject cbor() {
    return CBORObject.FromObject(octets);
  }

  static CBORObject cbor(List<Signature> all) {
    CBORObject array = CBORObject.NewArray();
    all.forEach(signature -> array.Add(signature.cbor()));
    return array;
  }

  /** Whether the key made it. */
  public boolean isOf(VerificationKey key, byte[] message) {
    return key.verifies(message, octets);
  }
}
