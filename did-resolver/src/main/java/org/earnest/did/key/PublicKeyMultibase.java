package org.earnest.did.key;

import com.apicatalog.multibase.Multibase;
import com.apicatalog.multicodec.Multicodec;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A public key as Multikey writes it (Controlled Identifiers 1.0 §2.2.2): base58-btc of a
 * multicodec prefix and the key. Each key has exactly one such text.
 */
public final class PublicKeyMultibase {
  /** Longer than any key that is understood; base58 takes quadratic time. */
  static final int MAX_LENGTH = 128;

  private final PublicKeyType type;
  private final String text;
  private final byte[] key;

  private PublicKeyMultibase(PublicKeyType type, String text, byte[] prefixed) {
    Multicodec codec = type.codec();
    if (!codec.isEncoded(prefixed) || prefixed.length != codec.varint().length + type.length()) {
      throw new IllegalArgumentException(
          "a " + type + " key has " + type.length() + " bytes after its multicodec");
    }
    this.type = type;
    this.text = text;
    this.key = codec.decode(prefixed);
    if (!type.isValid(key)) {
      throw new IllegalArgumentException("not a safe point of the curve of " + type);
    }
  }

  /**
   * Reads the text of a key.
   *
   * @throws IllegalArgumentException when it is not base58-btc with its shortest spelling, when the
   *     type is unknown, the length wrong, or the point not on the curve or of small order
   */
  public static PublicKeyMultibase parse(String text) {
    byte[] decoded = decode(text);
    for (PublicKeyType type : PublicKeyType.values()) {
      if (type.codec().isEncoded(decoded)) {
        return new PublicKeyMultibase(type, text, decoded);
      }
    }
    throw new IllegalArgumentException("the key's multicodec is not supported");
  }

  /** Whether the text begins as a key of a known type does; it may be malformed further on. */
  public static boolean isKnown(String text) {
    byte[] decoded;
    try {
      decoded = decode(text);
    } catch (IllegalArgumentException notBase58) {
      return false;
    }
    return Arrays.stream(PublicKeyType.values()).anyMatch(type -> type.codec().isEncoded(decoded));
  }

  /**
   * The text of a key.
   *
   * @param key compressed where the curve knows compression
   * @throws IllegalArgumentException when the key is not valid for this type
   */
  public static PublicKeyMultibase of(PublicKeyType type, byte[] key) {
    byte[] prefixed = type.codec().encode(key);
    return new PublicKeyMultibase(type, Multibase.BASE_58_BTC.encode(prefixed), prefixed);
  }

  /**
   * The text of a key with its multicodec prefix before it.
   *
   * @throws IllegalArgumentException when it is not a key that is understood
   */
  public static PublicKeyMultibase ofPrefixed(byte[] prefixed) {
    if (prefixed.length > MAX_LENGTH) {
      throw new IllegalArgumentException("longer than any key");
    }
    return parse(Multibase.BASE_58_BTC.encode(prefixed));
  }

  public PublicKeyType type() {
    return type;
  }

  public String text() {
    return text;
  }

  /** The key alone, without prefix. */
  public byte[] key() {
    return key.clone();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof PublicKeyMultibase that && text.equals(that.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }

  private static byte[] decode(String text) {
    if (text.length() > MAX_LENGTH || !Multibase.BASE_58_BTC.isEncoded(text)) {
      throw new IllegalArgumentException("a key must be multibase base58-btc, beginning with z");
    }
    byte[] decoded;
    try {
      decoded = Multibase.BASE_58_BTC.decode(text);
    } catch (RuntimeException malformed) {
      throw new IllegalArgumentException("the key is not base58-btc", malformed);
    }
    if (!Multibase.BASE_58_BTC.encode(decoded).equals(text)) {
      throw new IllegalArgumentException("the key's base58-btc is not canonical");
    }
    return decoded;
  }
}
