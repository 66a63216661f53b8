package org.earnest.bindings.signer;

import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.earnest.bindings.crypto.Keccak256;
import org.earnest.bindings.crypto.SignatureRecovery;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.EvmSigner;
import org.earnest.core.chain.Hex;
import org.earnest.core.chain.SignerUnavailableException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A key in a web3signer, asked over its HTTP API ({@code /api/v1/eth1}). What it answers is used
 * only if it is the account's own signature of the message.
 */
public final class RemoteSigner implements EvmSigner {
  /**
   * From the call to the last byte. Shorter than the lease of an account's nonces, which would pass
   * to another process meanwhile; {@link #holdsKey} asks beforehand for what a first signature
   * needs.
   */
  public static final Duration CALL_TIMEOUT = Duration.ofSeconds(3);

  /** Room for the list of some thirty thousand keys. */
  static final int MAX_KEYS_BYTES = 4 << 20;

  static final int MAX_SIGNATURE_BYTES = 1024;

  private static final int PUBLIC_KEY_BYTES = 64;
  private static final int ADDRESS_OFFSET = 12;
  private static final JsonMapper JSON = JsonMapper.shared();

  private final SignerHttp http;
  private final EvmAddress address;
  private volatile @Nullable String identifier;

  private RemoteSigner(SignerHttp http, EvmAddress address) {
    this.http = http;
    this.address = address;
  }

  /**
   * The signer of one account. Nothing is asked yet.
   *
   * @param url of the web3signer, whose API begins below its path
   * @throws IllegalArgumentException when the URL is not an absolute http or https one
   */
  public static RemoteSigner at(URI url, EvmAddress address) {
    return at(url, address, CALL_TIMEOUT);
  }

  /** The same with a time-out of the caller's, from the call to the last byte. */
  public static RemoteSigner at(URI url, EvmAddress address, Duration timeout) {
    return new RemoteSigner(new SignerHttp(url, timeout), address);
  }

  @Override
  public EvmAddress address() {
    return address;
  }

  /**
   * Whether it holds the account's key now.
   *
   * @throws SignerUnavailableException when it could not be asked
   */
  public boolean holdsKey() {
    Optional<String> found = find();
    found.ifPresent(key -> identifier = key);
    return found.isPresent();
  }

  @Override
  public byte[] sign(byte[] message) {
    byte[] body = JSON.writeValueAsBytes(Map.of("data", Hex.encode(message)));
    String answer = http.post("/api/v1/eth1/sign/" + identifier(), body, MAX_SIGNATURE_BYTES);
    byte[] signature =
        signature(answer)
            .orElseThrow(() -> http.unavailable("it answered something that is no signature"));
    Optional<EvmAddress> by = SignatureRecovery.recover(Keccak256.hash(message), signature);
    if (by.filter(address::equals).isEmpty()) {
      throw http.unavailable("it answered a signature that is not by " + address);
    }
    return signature;
  }

  private static Optional<byte[]> signature(String text) {
    try {
      return SignatureRecovery.normalised(Hex.decode(text.strip()));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** web3signer names a key by its public half. */
  private String identifier() {
    String known = identifier;
    if (known == null) {
      known = find().orElseThrow(() -> http.unavailable("it has no key of " + address));
      identifier = known;
    }
    return known;
  }

  private Optional<String> find() {
    JsonNode keys;
    try {
      keys = JSON.readTree(http.get("/api/v1/eth1/publicKeys", MAX_KEYS_BYTES));
    } catch (JacksonException e) {
      throw http.unavailable("its list of keys is no JSON");
    }
    return keys.valueStream()
        .map(key -> key.asString(""))
        .filter(key -> account(key).filter(address::equals).isPresent())
        .findFirst();
  }

  private static Optional<EvmAddress> account(String publicKey) {
    try {
      byte[] key = Hex.decode(publicKey);
      byte[] hash = Keccak256.hash(key).bytes();
      return key.length == PUBLIC_KEY_BYTES
          ? Optional.of(EvmAddress.of(Arrays.copyOfRange(hash, ADDRESS_OFFSET, hash.length)))
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    return "RemoteSigner[" + address + " at " + http + "]";
  }
}
