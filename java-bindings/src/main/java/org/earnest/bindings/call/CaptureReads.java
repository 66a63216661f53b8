package org.earnest.bindings.call;

import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import org.earnest.bindings.contract.CaptureOperator;
import org.earnest.bindings.eip712.PaymentInfo;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.CallOutcome;
import org.earnest.core.chain.ChainCall;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.chain.ChainUnavailableException;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.datatypes.Function;
import org.web3j.abi.datatypes.generated.Bytes32;

/** How payments stand in the commerce-payments escrow and at their operator. */
public final class CaptureReads {
  private static final int PREFIX_CHARS = 2;
  private static final int WORD_CHARS = 64;
  private static final int MEMBERS = 3;

  private final ChainReader chain;

  public CaptureReads(ChainReader chain) {
    this.chain = chain;
  }

  /**
   * A payment's money, in atomic units.
   *
   * @param collected whether it was ever fetched
   * @param capturable held in escrow
   * @param refundable captured and not given back
   */
  public record Money(boolean collected, BigInteger capturable, BigInteger refundable) {}

  /**
   * A payment at its {@code CaptureOperator}.
   *
   * @param freezableUntil second of 1970; 0 where it was never fetched
   */
  public record Hold(long freezableUntil, boolean frozen, boolean ruled) {}

  /**
   * What a {@code CaptureOperator} was deployed with.
   *
   * @param arbiter who rules
   * @param freezeWindow how long a buyer may freeze
   * @param rulingTime how long the arbiter has at least
   */
  public record Terms(EvmAddress arbiter, Duration freezeWindow, Duration rulingTime) {}

  /**
   * An operator's terms.
   *
   * @throws ChainUnavailableException also where there is no such contract
   */
  public Terms terms(EvmAddress operator, BlockTag at) {
    CaptureOperator abi = Wrappers.captureOperator();
    ContractReads contract = new ContractReads(chain, operator);
    return new Terms(
        contract.read(abi.arbiter(), at, values -> new EvmAddress(values.get(0, String.class))),
        contract.read(abi.freezeWindow(), at, CaptureReads::seconds),
        contract.read(abi.rulingTime(), at, CaptureReads::seconds));
  }

  private static Duration seconds(ContractReads.Values values) {
    return Duration.ofSeconds(values.get(0, BigInteger.class).longValueExact());
  }

  public Money money(PaymentInfo payment, BlockTag at) {
    List<BigInteger> words =
        words(PaymentInfo.ESCROW, "paymentState", payment.id(chain.chainId()), at);
    return new Money(words.get(0).signum() != 0, words.get(1), words.get(2));
  }

  public Hold hold(PaymentInfo payment, BlockTag at) {
    List<BigInteger> words = words(payment.operator(), "holds", payment.id(chain.chainId()), at);
    return new Hold(
        words.get(0).longValueExact(), words.get(1).signum() != 0, words.get(2).signum() != 0);
  }

  private List<BigInteger> words(EvmAddress contract, String name, Hash32 id, BlockTag at) {
    String data =
        FunctionEncoder.encode(new Function(name, List.of(new Bytes32(id.bytes())), List.of()));
    if (chain.call(new ChainCall(contract, data), at) instanceof CallOutcome.Returned returned
        && returned.data().length() == PREFIX_CHARS + MEMBERS * WORD_CHARS) {
      return List.of(word(returned, 0), word(returned, 1), word(returned, 2));
    }
    throw new ChainUnavailableException(contract + " does not answer " + name);
  }

  private static BigInteger word(CallOutcome.Returned returned, int index) {
    int from = PREFIX_CHARS + index * WORD_CHARS;
    return new BigInteger(returned.data().substring(from, from + WORD_CHARS), 16);
  }
}
