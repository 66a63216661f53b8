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
  private static final int ALLOWANCE = 3;

  private FundingData() {}

  static DealEscrow.Funding of(Funding funding) {
    return switch (funding) {
      case Funding.Allowance allowance -> struct(ALLOWANCE, List.of());
      case Funding.Authorization by -> authorization(by);
    };
  }

  private static DealEscrow.Funding authorization(Funding.Authorization by) {
    Uint256 after = new Uint256(by.validAfter());
    Uint256 before = new Uint256(by.validBefore());
    byte[] signature = Hex.decode(by.signature());
    if (signature.length != Vrs.BYTES) {
      return struct(EIP3009_BYTES, List.of(after, before, new DynamicBytes(signature)));
    }
    Vrs vrs = Vrs.of(signature);
    return struct(
        EIP3009,
        List.of(after, before, new Uint8(vrs.v()), new Bytes32(vrs.r()), new Bytes32(vrs.s())));
  }

  @SuppressWarnings("rawtypes") // web3j's types are raw
  private static DealEscrow.Funding struct(int kind, List<Type> members) {
    String encoded = new DefaultFunctionEncoder().encodeParameters(members);
    return new DealEscrow.Funding(BigInteger.valueOf(kind), Hex.decode("0x" + encoded));
  }
}
