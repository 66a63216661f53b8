package org.earnest.credentials.selective;

import com.upokecenter.cbor.CBORObject;
import com.upokecenter.cbor.CBORType;
import java.util.ArrayList;
import java.util.List;
import org.earnest.credentials.model.InvalidCredentialException;

/**
 * What an issuer gives a holder (Data Integrity ECDSA Cryptosuites 1.0 §3.5.2, §3.5.3). It holds
 * all statements' signatures and the key of the labels, so it is the holder's alone.
 *
 * @param proofKey of this proof alone, which made {@code signatures}; as Multikey writes it
 * @param signatures of each statement that is not mandatory, in order
 */
public record BaseProofValue(
    Signature signature,
    String proofKey,
    LabelKey labelKey,
    List<Signature> signatures,
    Pointers mandatory) {
  /** Tag 0x5d00 of CBOR. */
  private static final byte[] HEADER = {(byte) 0xd9, 0x5d, 0x00};

  private static final int COMPONENTS = 5;

  public BaseProofValue {
    signatures = List.copyOf(signatures);
  }

  /** Whether a proof value says that it is one. */
  public static boolean isOne(String proofValue) {
    return Cbor.startsWith(HEADER, proofValue);
  }

  /**
   * Reads one.
   *
   * @throws InvalidCredentialException {@code PROOF_MALFORMED}
   */
  public static BaseProofValue parse(String proofValue) throws InvalidCredentialException {
    List<CBORObject> parts = Cbor.read(HEADER, proofValue, COMPONENTS);
    List<String> pointers = new ArrayList<>();
    for (CBORObject pointer : Cbor.items(parts.get(4), Pointers.MAX_POINTERS)) {
      Cbor.require(pointer, CBORType.TextString);
      pointers.add(pointer.AsString());
    }
    return new BaseProofValue(
        Signature.of(parts.get(0)),
        DisclosedProofValue.proofKey(parts.get(1)),
        new LabelKey(Cbor.octets(parts.get(2), LabelKey.BYTES)),
        Signature.each(parts.get(3)),
        Pointers.of(pointers));
  }

  /** As a proof carries it. */
  public String write() {
    CBORObject pointers = CBORObject.NewArray();
    mandatory.texts().forEach(pointers::Add);
    return Cbor.write(
        HEADER,
        signature.cbor(),
        DisclosedProofValue.cbor(proofKey),
        CBORObject.FromObject(labelKey.secret()),
        Signature.cbor(signatures),
        pointers);
  }
}
