package org.earnest.bindings.crypto;

import java.nio.charset.StandardCharsets;
import org.earnest.core.chain.EvmAddress;

/** An address in the mixed case that carries a checksum (EIP-55). */
public final class ChecksumAddress {
  private static final int UPPER_FROM = 8;

  private ChecksumAddress() {}

  public static String of(EvmAddress address) {
    String digits = address.hex().substring(2);
    String hash = Keccak256.hash(digits.getBytes(StandardCharsets.US_ASCII)).hex().substring(2);
    StringBuilder text = new StringBuilder("0x");
    for (int i = 0; i < digits.length(); i++) {
      boolean upper = Character.digit(hash.charAt(i), 16) >= UPPER_FROM;
      char digit = digits.charAt(i);
      text.append(upper ? Character.toUpperCase(digit) : digit);
    }
    return text.toString();
  }

  /**
   * Reads an address: of one case, as nobody can check it; of mixed case, only with the right
   * checksum.
   *
   * @throws IllegalArgumentException when it is no address, or the checksum is wrong
   */
  public static EvmAddress parse(String text) {
    EvmAddress address = new EvmAddress(text);
    String digits = text.substring(2);
    boolean mixed =
        digits.chars().anyMatch(c -> c >= 'A' && c <= 'F')
            && digits.chars().anyMatch(c -> c >= 'a' && c <= 'f');
    if (mixed && !of(address).equals(text)) {
      throw new IllegalArgumentException("the address's checksum (EIP-55) is wrong");
    }
    return address;
  }
}
