package org.earnest.credentials.selective;

import com.upokecenter.cbor.CBORObject;
import com.upokecenter.cbor.CBORType;
import java.util.Base64;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.earnest.credentials.key.Base58Btc;
import org.earnest.credentials.key.KeyType;
import org.earnest.credentials.key.VerificationKey;
import org.earnest.credentials.model.InvalidCredentialException;

/**
 * What a holder shows (Data Integrity ECDSA Cryptosuites 1.0 §3.5.7, §3.5.8).
 *
 * @param signature the issuer's
 * @param proofKey which made {@code signatures}; as Multikey writes it
 * @param signatures of each statement shown that is not mandatory, in order
 * @param mandatory the places of the mandatory statements among those shown
 */
public record DisclosedProofValue(
    Signature signature,
    String proofKey,
    List<Signature> signatures,
    LabelMap labels,
    BitSet mandatory) {
  /** Nameless nodes of what is shown; no document has more. */
  public static final int MAX_LABELS = 1_024;

  /** Statements of what is shown; no document has more. */
  public static final int MAX_STATEMENTS = 8_192;

  /** A key of P-256 behind the prefix of its kind. */
  public static final int KEY_BYTES = 35;

  /** Tag 0x5d01 of CBOR. */
  private static final byte[] HEADER = {(byte) 0xd9, 0x5d, 0x01};

  private static final int COMPONENTS = 5;
  private static final int LABEL_BYTES = 32;
  private static final String CANONICAL = "_:c14n";

  public DisclosedProofValue {
    signatures = List.copyOf(signatures);
    mandatory = (BitSet) mandatory.clone();
  }

  /** The places of the mandatory statements; a copy. */
  @Override
  public BitSet mandatory() {
    return (BitSet) mandatory.clone();
  }

  /**
   * Reads one.
   *
   * @throws InvalidCredentialException {@code PROOF_MALFORMED}
   */
  public static DisclosedProofValue parse(String proofValue) throws InvalidCredentialException {
    List<CBORObject> parts = Cbor.read(HEADER, proofValue, COMPONENTS);
    return new DisclosedProofValue(
        Signature.of(parts.get(0)),
        proofKey(parts.get(1)),
        Signature.each(parts.get(2)),
        labels(parts.get(3)),
        places(parts.get(4)));
  }

  static String proofKey(CBORObject value) throws InvalidCredentialException {
    String multibase = Base58Btc.encode(Cbor.octets(value, KEY_BYTES));
    return VerificationKey.parse(multibase)
        .filter(key -> key.type() == KeyType.P256)
        .map(VerificationKey::multibase)
        .orElseThrow(() -> Cbor.malformed("no key of P-256"));
  }

  private static LabelMap labels(CBORObject map) throws InvalidCredentialException {
    Cbor.require(map, CBORType.Map);
    if (map.size() > MAX_LABELS) {
      throw Cbor.malformed("more than " + MAX_LABELS + " labels");
    }
    Map<String, String> labels = new LinkedHashMap<>();
    for (Map.Entry<CBORObject, CBORObject> entry : map.getEntries()) {
      byte[] label = Cbor.octets(entry.getValue(), LABEL_BYTES);
      labels.put(
          CANONICAL + Cbor.number(entry.getKey(), MAX_LABELS),
          "_:u" + Base64.getUrlEncoder().withoutPadding().encodeToString(label));
    }
    try {
      return new LabelMap(labels);
    } catch (IllegalArgumentException shared) {
      throw Cbor.malformed("one label for two nodes");
    }
  }

  private static BitSet places(CBORObject array) throws InvalidCredentialException {
    BitSet places = new BitSet();
    for (CBORObject item : Cbor.items(array, MAX_STATEMENTS)) {
      int place = Cbor.number(item, MAX_STATEMENTS);
      if (place < places.length()) {
        throw Cbor.malformed("places that do not ascend");
      }
      places.set(place);
    }
    return places;
  }

  /** As a proof carries it. */
  public String write() {
    Map<Integer, String> byNumber = new TreeMap<>();
    labels
        .labels()
        .forEach(
            (canonical, label) ->
                byNumber.put(Integer.valueOf(canonical.substring(CANONICAL.length())), label));
    CBORObject map = CBORObject.NewOrderedMap();
    byNumber.forEach(
        (number, label) ->
            map.Add(
                CBORObject.FromObject(number),
                CBORObject.FromObject(Base64.getUrlDecoder().decode(label.substring(3)))));
    CBORObject places = CBORObject.NewArray();
    mandatory.stream().forEach(place -> places.Add(CBORObject.FromObject(place)));
    return Cbor.write(
        HEADER, signature.cbor(), cbor(proofKey), Signature.cbor(signatures), map, places);
  }

  static CBORObject cbor(String proofKey) {
    return CBORObject.FromObject(
        Base58Btc.decode(proofKey, KEY_BYTES)
            .orElseThrow(() -> new IllegalArgumentException("no key of P-256: " + proofKey)));
  }
}
