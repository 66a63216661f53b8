package org.earnest.did.ethr;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.earnest.bindings.crypto.ChecksumAddress;
import org.earnest.bindings.crypto.Keccak256;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hex;
import org.earnest.core.identity.Did;
import org.earnest.did.key.PublicKeyMultibase;
import org.earnest.did.key.PublicKeyType;

/**
 * What a did:ethr says: a chain, an account on it and, in the public-key form, the account's key.
 */
record EthrIdentity(Caip2ChainId chain, EvmAddress address, Optional<PublicKeyMultibase> key) {
  private static final Map<String, Caip2ChainId> NAMED_CHAINS =
      Map.of("mainnet", Caip2ChainId.eip155(1), "sepolia", Caip2ChainId.eip155(11_155_111));
  private static final Pattern SYNTAX =
      Pattern.compile(
          "(?:(?<network>[a-z][a-z0-9-]*|0x[0-9a-f]{1,15}):)?"
              + "(?<id>0x[0-9a-fA-F]{40}|0x0[23][0-9a-fA-F]{64})");
  private static final int ADDRESS_TEXT = 42;

  /**
   * Reads {@code did:ethr:[network:]address-or-compressed-public-key}; the network is a name or the
   * chain's number in hexadecimal.
   *
   * @return empty when the network's name is unknown
   * @throws IllegalArgumentException when the text is no did:ethr
   */
  static Optional<EthrIdentity> parse(Did did) {
    Matcher matcher = SYNTAX.matcher(did.methodSpecificId());
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "did:ethr:[network:]identity expected: an address or a compressed secp256k1 key");
    }
    String id = matcher.group("id");
    return chain(Optional.ofNullable(matcher.group("network"))).map(chain -> of(chain, id));
  }

  private static EthrIdentity of(Caip2ChainId chain, String id) {
    if (id.length() == ADDRESS_TEXT) {
      return new EthrIdentity(chain, ChecksumAddress.parse(id), Optional.empty());
    }
    byte[] compressed = Hex.decode(id);
    PublicKeyMultibase key = PublicKeyMultibase.of(PublicKeyType.SECP256K1, compressed);
    return new EthrIdentity(chain, addressOf(compressed), Optional.of(key));
  }

  private static Optional<Caip2ChainId> chain(Optional<String> network) {
    String name = network.orElse("mainnet");
    return name.startsWith("0x")
        ? Optional.of(Caip2ChainId.eip155(Long.parseLong(name.substring(2), 16)))
        : Optional.ofNullable(NAMED_CHAINS.get(name));
  }

  private static EvmAddress addressOf(byte[] compressed) {
    byte[] point =
        CustomNamedCurves.getByName("secp256k1")
            .getCurve()
            .decodePoint(compressed)
            .getEncoded(false);
    byte[] hash = Keccak256.hash(Arrays.copyOfRange(point, 1, point.length)).bytes();
    return EvmAddress.of(Arrays.copyOfRange(hash, hash.length - EvmAddress.BYTES, hash.length));
  }
}
