package org.earnest.devnet;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import org.earnest.bindings.crypto.Keccak256;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.Hex;
import org.earnest.core.submission.SubmissionRequest;

/**
 * Deploys through the deterministic deployment proxy: an ordinary call, and an address that follows
 * from the creation code alone (EIP-1014), hence the same on every chain.
 *
 * @param creationCode with the constructor's arguments, prefixed hexadecimal
 */
public record Create2(String creationCode) {
  /** Where the proxy is on every chain that has it. */
  static final EvmAddress PROXY = new EvmAddress("0x4e59b44847b379578588920cA78FbF26c0B4956C");

  /** The proxy's code, for development nodes that lack it. */
  static final String PROXY_CODE =
      "0x7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe036016000816020823780"
          + "35828234f58015156039578182fd5b8082525050506014600cf3";

  private static final Hash32 SALT = Hash32.ZERO;
  private static final int FIRST_BYTE = 0xff;

  /** Where the contract is, or will be. */
  public EvmAddress address() {
    ByteArrayOutputStream preimage = new ByteArrayOutputStream();
    preimage.write(FIRST_BYTE);
    preimage.writeBytes(PROXY.bytes());
    preimage.writeBytes(SALT.bytes());
    preimage.writeBytes(Keccak256.hash(Hex.decode(creationCode)).bytes());
    byte[] digest = Keccak256.hash(preimage.toByteArray()).bytes();
    return EvmAddress.of(Arrays.copyOfRange(digest, Hash32.BYTES - EvmAddress.BYTES, Hash32.BYTES));
  }

  /** The call that deploys it. The address makes the key: other code is another deployment. */
  public SubmissionRequest request(String contract) {
    return new SubmissionRequest(
        "devnet:deploy:" + contract + ":" + address(),
        PROXY,
        SALT.hex() + creationCode.substring(2));
  }
}
