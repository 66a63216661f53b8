package org.earnest.bindings.call;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.earnest.bindings.eip712.Permit;
import org.earnest.bindings.eip712.Permit2Payment;
import org.earnest.core.chain.ChainCall;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.datatypes.Address;
import org.web3j.abi.datatypes.DynamicBytes;
import org.web3j.abi.datatypes.Function;
import org.web3j.abi.datatypes.StaticStruct;
import org.web3j.abi.datatypes.Type;
import org.web3j.abi.datatypes.generated.Bytes32;
import org.web3j.abi.datatypes.generated.Uint256;
import org.web3j.abi.datatypes.generated.Uint8;

/**
 * The x402 proxies before Permit2: {@code x402ExactPermit2Proxy} and {@code x402UptoPermit2Proxy}.
 */
@SuppressWarnings("rawtypes") // web3j's types are raw
public final class Permit2ProxyCalls {
  private Permit2ProxyCalls() {}

  /**
   * Moves what was permitted; by anyone for {@code exact}, by the named facilitator for {@code
   * upto}.
   *
   * @param amount atomic units, at most what is permitted; only {@code upto} may move less
   * @param signature the payer's over {@link Permit2Payment#digest}
   */
  public static ChainCall settle(Permit2Payment payment, BigInteger amount, byte[] signature) {
    return call(payment, "settle", arguments(payment, amount, signature));
  }

  /**
   * The same after the payer's EIP-2612 permit for Permit2, which may fail.
   *
   * @param permitSignature 65 bytes
   */
  public static ChainCall settleWithPermit(
      Permit permit,
      byte[] permitSignature,
      Permit2Payment payment,
      BigInteger amount,
      byte[] signature) {
    Vrs vrs = Vrs.of(permitSignature);
    List<Type> arguments = new ArrayList<>();
    arguments.add(
        new StaticStruct(
            new Uint256(permit.value()),
            new Uint256(permit.deadline()),
            new Bytes32(vrs.r()),
            new Bytes32(vrs.s()),
            new Uint8(vrs.v())));
    arguments.addAll(arguments(payment, amount, signature));
    return call(payment, "settleWithPermit", arguments);
  }

  private static ChainCall call(Permit2Payment payment, String name, List<Type> arguments) {
    return new ChainCall(
        payment.proxy(), FunctionEncoder.encode(new Function(name, arguments, List.of())));
  }

  private static List<Type> arguments(Permit2Payment payment, BigInteger amount, byte[] signature) {
    List<Type> arguments = new ArrayList<>();
    arguments.add(
        new StaticStruct(
            new StaticStruct(new Address(payment.token().hex()), new Uint256(payment.amount())),
            new Uint256(payment.nonce()),
            new Uint256(payment.deadline())));
    payment.facilitator().ifPresent(any -> arguments.add(new Uint256(amount)));
    arguments.add(new Address(payment.from().hex()));
    arguments.add(witness(payment));
    arguments.add(new DynamicBytes(signature));
    return arguments;
  }

  private static Type witness(Permit2Payment payment) {
    List<Type> members = new ArrayList<>();
    members.add(new Address(payment.to().hex()));
    payment.facilitator().ifPresent(who -> members.add(new Address(who.hex())));
    members.add(new Uint256(payment.validAfter()));
    return new StaticStruct(members);
  }
}
