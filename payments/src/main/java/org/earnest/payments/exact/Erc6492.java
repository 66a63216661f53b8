package org.earnest.payments.exact;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.earnest.core.chain.ChainCall;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hex;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.FunctionReturnDecoder;
import org.web3j.abi.TypeReference;
import org.web3j.abi.datatypes.Address;
import org.web3j.abi.datatypes.DynamicBytes;
import org.web3j.abi.datatypes.Function;
import org.web3j.abi.datatypes.Type;

/**
 * The signature of a wallet that may not be deployed yet (ERC-6492).
 *
 * @param deployment the factory's call that deploys it
 * @param signature hexadecimal: what the wallet takes once it is there
 */
public record Erc6492(ChainCall deployment, String signature) {
  /** The last bytes of such a signature. */
  static final String SUFFIX = "6492".repeat(16);

  private static final int SUFFIX_BYTES = 32;

  /** Whether it says that it is one, well formed or not. */
  static boolean isOne(String signature) {
    return signature.endsWith(SUFFIX);
  }

  /**
   * Reads one.
   *
   * @param signature hexadecimal, lower case
   * @return empty where it is malformed, or no such signature
   */
  @SuppressWarnings("rawtypes") // web3j's types are raw
  static Optional<Erc6492> parse(String signature) {
    if (!isOne(signature)) {
      return Optional.empty();
    }
    byte[] all = Hex.decode(signature);
    String wrapped = Hex.encode(Arrays.copyOf(all, all.length - SUFFIX_BYTES));
    try {
      List<TypeReference<?>> shape =
          List.of(
              new TypeReference<Address>() {},
              new TypeReference<DynamicBytes>() {},
              new TypeReference<DynamicBytes>() {});
      List<Type> parts =
          FunctionReturnDecoder.decode(
              wrapped, new Function("wrapped", List.of(), shape).getOutputParameters());
      // The decoder takes much for an encoding that is none.
      return !Hex.encode(Hex.decode("0x" + FunctionEncoder.encodeConstructor(parts)))
              .equals(wrapped)
          ? Optional.empty()
          : Optional.of(
              new Erc6492(
                  new ChainCall(
                      new EvmAddress(parts.get(0).toString()), Hex.encode(bytes(parts.get(1)))),
                  Hex.encode(bytes(parts.get(2)))));
    } catch (RuntimeException malformed) {
      // The decoder promises no exception of its own for malformed data.
      return Optional.empty();
    }
  }

  private static byte[] bytes(Type<?> value) {
    return ((DynamicBytes) value).getValue();
  }
}
