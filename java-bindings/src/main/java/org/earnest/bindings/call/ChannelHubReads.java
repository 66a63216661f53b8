package org.earnest.bindings.call;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.earnest.bindings.contract.ChannelHub;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.CallOutcome;
import org.earnest.core.chain.ChainCall;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.chain.ChainUnavailableException;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.Hex;
import org.web3j.abi.FunctionReturnDecoder;
import org.web3j.abi.TypeReference;
import org.web3j.abi.datatypes.DynamicArray;
import org.web3j.abi.datatypes.DynamicBytes;
import org.web3j.abi.datatypes.Function;

/** What a hub of payment channels knows. Amounts are atomic units. */
public final class ChannelHubReads {
  private static final int WORD = 32;

  /** What is asked of each channel. */
  private static final int QUESTIONS = 3;

  private final ChainReader chain;
  private final EvmAddress hub;
  private final ChannelHub abi;
  private final ContractReads reads;

  public ChannelHubReads(ChainReader chain, EvmAddress hub) {
    this.chain = chain;
    this.hub = hub;
    this.abi = Wrappers.channelHub();
    this.reads = new ContractReads(chain, hub);
  }

  /**
   * A channel's money.
   *
   * @param balance deposited, less what went back
   * @param totalClaimed how much of that is the receiver's
   */
  public record Held(BigInteger balance, BigInteger totalClaimed) {}

  /**
   * What a payer has asked to take back.
   *
   * @param initiatedAt second of 1970; 0 where it has not
   */
  public record Withdrawal(BigInteger amount, long initiatedAt) {}

  /** All that is known of one channel. */
  public record Channel(Held held, Withdrawal withdrawal, BigInteger refundNonce) {}

  /** A channel as it is, by one question to the node. */
  public Channel state(Hash32 id, BlockTag at) {
    return states(List.of(id), at).getFirst();
  }

  /** Several channels in the same order, by one question to the node. */
  public List<Channel> states(List<Hash32> ids, BlockTag at) {
    List<byte[]> questions =
        ids.stream()
            .flatMap(
                id ->
                    Stream.of(
                        abi.channels(id.bytes()),
                        abi.pendingWithdrawals(id.bytes()),
                        abi.refundNonce(id.bytes())))
            .map(question -> Hex.decode(question.encodeFunctionCall()))
            .toList();
    List<byte[]> answers = answers(Wrappers.call(hub, abi.multicall(questions)), at);
    return IntStream.range(0, ids.size())
        .map(index -> index * QUESTIONS)
        .mapToObj(first -> channel(answers.subList(first, first + QUESTIONS)))
        .toList();
  }

  private static Channel channel(List<byte[]> answers) {
    return new Channel(
        new Held(word(answers.get(0), 0), word(answers.get(0), 1)),
        new Withdrawal(word(answers.get(1), 0), word(answers.get(1), 1).longValueExact()),
        word(answers.get(2), 0));
  }

  /** The wrapper takes it for a transaction, which answers nothing. */
  private List<byte[]> answers(ChainCall multicall, BlockTag at) {
    try {
      if (chain.call(multicall, at) instanceof CallOutcome.Returned returned) {
        TypeReference<DynamicArray<DynamicBytes>> array = new TypeReference<>() {};
        List<?> decoded =
            (List<?>)
                FunctionReturnDecoder.decode(
                        returned.data(),
                        new Function("multicall", List.of(), List.of(array)).getOutputParameters())
                    .getFirst()
                    .getValue();
        return decoded.stream().map(bytes -> ((DynamicBytes) bytes).getValue()).toList();
      }
    } catch (RuntimeException e) {
      // The decoder promises no exception of its own for malformed data.
      throw new ChainUnavailableException("what is at " + hub + " is no hub of channels", e);
    }
    throw new ChainUnavailableException("a reading of " + hub + " reverted");
  }

  private static BigInteger word(byte[] words, int index) {
    return new BigInteger(1, Arrays.copyOfRange(words, index * WORD, (index + 1) * WORD));
  }

  /** Whether it has what the house's hub has beside the reference's functions. */
  public boolean hasOwnFunctions(BlockTag at) {
    return reads
        .find(abi.RESERVATION_TIME(), at, values -> values.get(0, BigInteger.class))
        .isPresent();
  }

  /** What a receiver has claimed and was not paid yet. */
  public BigInteger unsettled(EvmAddress receiver, EvmAddress token, BlockTag at) {
    return reads.read(
        abi.receivers(receiver.hex(), token.hex()),
        at,
        values -> values.get(0, BigInteger.class).subtract(values.get(1, BigInteger.class)));
  }

  /** What a receiver has been paid in all. */
  public BigInteger settled(EvmAddress receiver, EvmAddress token, BlockTag at) {
    return reads.read(
        abi.receivers(receiver.hex(), token.hex()), at, values -> values.get(1, BigInteger.class));
  }
}
