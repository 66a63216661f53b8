package org.earnest.bindings.call;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.earnest.bindings.contract.CallBatch;
import org.earnest.bindings.crypto.Keccak256;
import org.earnest.core.chain.ChainCall;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hex;
import org.web3j.abi.FunctionReturnDecoder;
import org.web3j.abi.TypeReference;
import org.web3j.abi.datatypes.DynamicArray;
import org.web3j.abi.datatypes.Function;
import org.web3j.abi.datatypes.Type;

/** Several calls in one transaction, each tried for itself. */
public final class CallBatchCalls {
  /** Calls at most in one transaction. */
  public static final int MAX_ITEMS = 64;

  /** Bytes of a call's return data that its event tells at most. */
  public static final int MAX_RETURN_BYTES = 256;

  /** More than a call costs the batch outside of itself, gas units. */
  private static final BigInteger ITEM_GAS = BigInteger.valueOf(15_000);

  private static final int SELECTOR_CHARS = 2 + 8;

  private static final String SELECTOR =
      Keccak256.hash("execute((address,uint64,bytes)[])").hex().substring(0, SELECTOR_CHARS);

  private static final int WORD_CHARS = 2 + 64;

  private static final int COUNT_AT = SELECTOR_CHARS + 64;

  private final EvmAddress batch;
  private final CallBatch abi;

  public CallBatchCalls(EvmAddress batch) {
    this.batch = batch;
    this.abi = Wrappers.callBatch();
  }

  /**
   * One call.
   *
   * @param gas gas units: what it gets, no less and no more
   */
  public record Item(ChainCall call, BigInteger gas) {}

  /**
   * Tries every call in order; each sees the batch as its caller.
   *
   * @param items 1 to {@link #MAX_ITEMS}
   */
  public ChainCall execute(List<Item> items) {
    if (items.isEmpty() || items.size() > MAX_ITEMS) {
      throw new IllegalArgumentException("a batch has 1 to " + MAX_ITEMS + " calls");
    }
    return Wrappers.call(batch, abi.execute(items.stream().map(CallBatchCalls::struct).toList()));
  }

  /** Whether this is the calldata of an {@link #execute}, well formed or not. */
  public static boolean isExecute(String data) {
    return data.length() >= SELECTOR_CHARS
        && data.substring(0, SELECTOR_CHARS).toLowerCase(Locale.ROOT).equals(SELECTOR);
  }

  /**
   * The calls that an {@link #execute} makes.
   *
   * @param execute its calldata, whoever made it
   * @return empty when it is not written in the one way in which this class writes it: then nobody
   *     can be sure that the contract reads the same
   */
  public static Optional<List<Item>> items(String execute) {
    try {
      if (size(execute) > MAX_ITEMS) {
        return Optional.empty();
      }
      List<Item> items =
          decoded("0x" + execute.substring(SELECTOR_CHARS)).stream()
              .map(CallBatchCalls::item)
              .toList();
      String again = new CallBatchCalls(EvmAddress.ZERO).execute(items).data();
      return again.equalsIgnoreCase(execute) ? Optional.of(items) : Optional.empty();
    } catch (RuntimeException unreadable) {
      // web3j throws whatever its parser runs into.
      return Optional.empty();
    }
  }

  @SuppressWarnings("rawtypes") // web3j's types are raw
  private static List<CallBatch.Item> decoded(String arguments) {
    TypeReference<DynamicArray<CallBatch.Item>> array = new TypeReference<>() {};
    List<TypeReference<Type>> types =
        new Function("execute", List.of(), List.of(array)).getOutputParameters();
    List<CallBatch.Item> items = new ArrayList<>();
    for (Object item :
        (List<?>) FunctionReturnDecoder.decode(arguments, types).getFirst().getValue()) {
      items.add((CallBatch.Item) item);
    }
    return items;
  }

  private static Item item(CallBatch.Item struct) {
    return new Item(new ChainCall(new EvmAddress(struct.to), Hex.encode(struct.data)), struct.gas);
  }

  /** How many calls an {@link #execute} tries: the word after the selector and the offset. */
  public static int size(String execute) {
    return new BigInteger(execute.substring(COUNT_AT, COUNT_AT + 64), 16).intValueExact();
  }

  /**
   * What the contract must have left for a call, or it reverts as a whole: a call gets 63/64 of
   * what is left at most (EIP-150).
   *
   * @return gas units
   */
  public static BigInteger reserve(Item item) {
    int bytes = (item.call().data().length() - 2) / 2;
    return item.gas()
        .multiply(BigInteger.valueOf(64))
        .divide(BigInteger.valueOf(63))
        .add(BigInteger.valueOf(bytes))
        .add(ITEM_GAS);
  }

  /**
   * Which calls succeeded, by their places; from a rehearsal, as a receipt has no return data.
   *
   * @param returned what {@link #execute} returned; empty when it was no batch that answered
   */
  public static Optional<BitSet> succeeded(String returned) {
    if (returned.length() != WORD_CHARS) {
      return Optional.empty();
    }
    BigInteger bits = new BigInteger(returned.substring(2), 16);
    BitSet places = new BitSet();
    for (int place = 0; place < bits.bitLength(); place++) {
      places.set(place, bits.testBit(place));
    }
    return Optional.of(places);
  }

  private static CallBatch.Item struct(Item item) {
    ChainCall call = item.call();
    return new CallBatch.Item(call.to().hex(), item.gas(), Hex.decode(call.data()));
  }
}
