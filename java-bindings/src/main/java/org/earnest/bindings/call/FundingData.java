package org.earnest.bindings.call;

import java.math.BigInteger;
import java.util.List;
import org.earnest.bindings.contract.DealEscrow;
import org.earnest.core.chain.Hex;
import org.web3j.abi.DefaultFunctionEncoder;
import org.web3j.abi.datatypes.DynamicBytes;
import org.web3j.abi.datatypes.Type;
import org.web3j.abi.datatypes.generated.Bytes32;
import org.web3j.abi.datatypes.generated.Uint256;
import org.web3j.abi.datatypes.generated.Uint8;

/** The contract's {@code Funding} struct of each way to pay. */
final class FundingData {
  private static final int EIP3009 = 0;
  private static final int EIP3009_BYTES = 1;
  private static final int PERMIT2 = 2;
  private static final int ALLOWANCE = 3;
  private static final int CREDIT = 4;

  private FundingData() {}

  static DealEscrow.Funding of(Funding funding) {
    return switch (funding) {
      case Funding.Authorization by -> authorization(by);
      case Funding.Permit2 by ->
          struct(
              PERMIT2,
              words(
                  List.of(
                      new Uint256(by.nonce()),
                      new Uint256(by.deadline()),
                      new DynamicBytes(Hex.decode(by.signature())))));
      case Funding.Allowance by -> allowance(by);
      case Funding.Credit by -> struct(CREDIT, by.consent());
    };
  }

  private static DealEscrow.Funding authorization(Funding.Authorization by) {
    Uint256 after = new Uint256(by.validAfter());
    Uint256 before = new Uint256(by.validBefore());
    byte[] signature = Hex.decode(by.signature());
    return switch (by.overload()) {
      case BYTES ->
          struct(EIP3009_BYTES, words(List.of(after, before, new DynamicBytes(signature))));
      case VRS -> {
        Vrs vrs = Vrs.of(signature);
        yield struct(
            EIP3009,
            words(
                List.of(
                    after,
                    before,
                    new Uint8(vrs.v()),
                    new Bytes32(vrs.r()),
                    new Bytes32(vrs.s()))));
      }
    };
  }

  /** Nothing at all, or the permit's words (zeros for none) and straight after them the consent. */
  private static DealEscrow.Funding allowance(Funding.Allowance by) {
    if (by.permit().isEmpty() && by.consent().equals(Funding.SENDER)) {
      return struct(ALLOWANCE, Funding.SENDER);
    }
    String permit =
        by.permit()
            .map(
                given -> {
                  Vrs vrs = Vrs.of(Hex.decode(given.signature()));
                  return words(
                      List.of(
                          new Uint256(given.deadline()),
                          new Uint8(vrs.v()),
                          new Bytes32(vrs.r()),
                          new Bytes32(vrs.s())));
                })
            .orElse(Hex.encode(new byte[4 * Bytes32.MAX_BYTE_LENGTH]));
    return struct(ALLOWANCE, permit + by.consent().substring(2));
  }

  @SuppressWarnings("rawtypes") // web3j's types are raw
  private static String words(List<Type> members) {
    return "0x" + new DefaultFunctionEncoder().encodeParameters(members);
  }

  private static DealEscrow.Funding struct(int kind, String data) {
    return new DealEscrow.Funding(BigInteger.valueOf(kind), Hex.decode(data));
  }
}
