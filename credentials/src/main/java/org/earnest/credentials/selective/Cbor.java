package org.earnest.credentials.selective;

import com.upokecenter.cbor.CBOREncodeOptions;
import com.upokecenter.cbor.CBORException;
import com.upokecenter.cbor.CBORObject;
import com.upokecenter.cbor.CBORType;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import org.earnest.credentials.model.CredentialRefusal;
import org.earnest.credentials.model.InvalidCredentialException;

/**
 * Proof values that are CBOR behind a header (RFC 8949) in multibase base64url, each in its one
 * spelling: nothing tagged, nothing of indefinite length, no number or length longer than it must
 * be, no key twice, and nothing after the end.
 */
final class Cbor {
  /** Characters of a proof value: no credential is longer than 256 KiB. */
  static final int MAX_TEXT = 256 * 1024;

  private static final CBOREncodeOptions SPELLING =
      new CBOREncodeOptions(
          "keepkeyorder=true;allowduplicatekeys=false;useindeflengthstrings=false");

  private Cbor() {}

  /** Whether a proof value begins with this header; false where it is no base64url. */
  static boolean startsWith(byte[] header, String proofValue) {
    int characters = 1 + header.length * 4 / 3;
    if (proofValue.length() < characters || proofValue.charAt(0) != 'u') {
      return false;
    }
    String start = Base64.getUrlEncoder().withoutPadding().encodeToString(header);
    return proofValue.startsWith(start, 1);
  }

  static String write(byte[] header, CBORObject... components) {
    CBORObject array = CBORObject.NewArray();
    for (CBORObject component : components) {
      array.Add(component);
    }
    byte[] body = array.EncodeToBytes(SPELLING);
    byte[] all = Arrays.copyOf(header, header.length + body.length);
    System.arraycopy(body, 0, all, header.length, body.length);
    return "u" + Base64.getUrlEncoder().withoutPadding().encodeToString(all);
  }

  /**
   * Reads a proof value.
   *
   * @param components how many there must be
   */
  static List<CBORObject> read(byte[] header, String proofValue, int components)
      throws InvalidCredentialException {
    byte[] all = bytes(proofValue);
    if (!startsWith(header, proofValue)) {
      throw malformed("another header");
    }
    byte[] body = Arrays.copyOfRange(all, header.length, all.length);
    try {
      CBORObject array = CBORObject.DecodeFromBytes(body, SPELLING);
      require(array, CBORType.Array);
      if (array.size() != components || !Arrays.equals(array.EncodeToBytes(SPELLING), body)) {
        throw malformed("not " + components + " components in their shortest spelling");
      }
      return List.copyOf(array.getValues());
    } catch (CBORException | IllegalArgumentException | IllegalStateException broken) {
      throw malformed("no CBOR");
    }
  }

  private static byte[] bytes(String proofValue) throws InvalidCredentialException {
    if (proofValue.length() > MAX_TEXT || !proofValue.startsWith("u")) {
      throw malformed("no base64url behind u");
    }
    String text = proofValue.substring(1);
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(text);
      if (Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(text)) {
        return bytes;
      }
    } catch (IllegalArgumentException broken) {
      // Answered below, as another spelling is.
    }
    throw malformed("no base64url behind u");
  }

  static byte[] octets(CBORObject value, int length) throws InvalidCredentialException {
    require(value, CBORType.ByteString);
    byte[] octets = value.GetByteString();
    if (octets.length != length) {
      throw malformed("bytes of another number than " + length);
    }
    return octets;
  }

  static Collection<CBORObject> items(CBORObject array, int most)
      throws InvalidCredentialException {
    require(array, CBORType.Array);
    if (array.size() > most) {
      throw malformed("more than " + most + " items");
    }
    return array.getValues();
  }

  /** A number from 0 to below {@code end}. */
  static int number(CBORObject value, int end) throws InvalidCredentialException {
    require(value, CBORType.Integer);
    if (!value.CanValueFitInInt32() || value.AsInt32Value() < 0 || value.AsInt32Value() >= end) {
      throw malformed("a number that is not below " + end);
    }
    return value.AsInt32Value();
  }

  static void require(CBORObject value, CBORType type) throws InvalidCredentialException {
    if (value.getType() != type || value.isTagged()) {
      throw malformed("a component of another type than " + type);
    }
  }

  static InvalidCredentialException malformed(String detail) {
    return new InvalidCredentialException(
        CredentialRefusal.PROOF_MALFORMED, "proof.proofValue has " + detail);
  }
}
