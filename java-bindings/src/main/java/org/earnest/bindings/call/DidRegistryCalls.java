package org.earnest.bindings.call;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.earnest.bindings.contract.EthereumDIDRegistry;
import org.earnest.core.chain.ChainCall;
import org.earnest.core.chain.EvmAddress;

/** What an identity's owner writes into the ERC-1056 registry. Validity is in seconds from now. */
public final class DidRegistryCalls {
  private static final int NAME_BYTES = 32;
  private final EvmAddress registry;
  private final EthereumDIDRegistry abi;

  public DidRegistryCalls(EvmAddress registry) {
    this.registry = registry;
    this.abi = Wrappers.didRegistry();
  }

  /** Gives the identity away; to the zero address, for ever and to nobody. */
  public ChainCall changeOwner(EvmAddress identity, EvmAddress owner) {
    return Wrappers.call(registry, abi.changeOwner(identity.hex(), owner.hex()));
  }

  /**
   * Lets an account sign for the identity.
   *
   * @param type {@code veriKey} or {@code sigAuth}
   */
  public ChainCall addDelegate(
      EvmAddress identity, String type, EvmAddress delegate, BigInteger validity) {
    return Wrappers.call(
        registry, abi.addDelegate(identity.hex(), name(type), delegate.hex(), validity));
  }

  public ChainCall revokeDelegate(EvmAddress identity, String type, EvmAddress delegate) {
    return Wrappers.call(registry, abi.revokeDelegate(identity.hex(), name(type), delegate.hex()));
  }

  /**
   * Lists a key or a service.
   *
   * @param name such as {@code did/pub/Ed25519/veriKey/base64}
   */
  public ChainCall setAttribute(
      EvmAddress identity, String name, byte[] value, BigInteger validity) {
    return Wrappers.call(registry, abi.setAttribute(identity.hex(), name(name), value, validity));
  }

  public ChainCall revokeAttribute(EvmAddress identity, String name, byte[] value) {
    return Wrappers.call(registry, abi.revokeAttribute(identity.hex(), name(name), value));
  }

  private static byte[] name(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > NAME_BYTES) {
      throw new IllegalArgumentException("a name has at most " + NAME_BYTES + " bytes: " + text);
    }
    return Arrays.copyOf(bytes, NAME_BYTES);
  }
}
