package org.earnest.cli.indexer;

import java.util.List;
import org.earnest.core.chain.ChainCall;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.web3j.abi.EventEncoder;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.TypeEncoder;
import org.web3j.abi.datatypes.Event;
import org.web3j.abi.datatypes.Type;

/**
 * A contract that logs whatever it is told, as a registry of another team might: it shares events
 * with ours and nothing else. Asked anything by four bytes, it answers with one address.
 */
record EmittingContract(EvmAddress address) {
  private static final int WORDS_BEFORE_DATA = 5;

  /** Copies the runtime code that follows it. */
  private static final String INIT = "6058" + "80" + "600b" + "6000" + "39" + "6000" + "f3";

  /** To 0x3a where there are just four bytes; else the data to memory, its size on the stack. */
  private static final String BEGIN =
      "36" + "6004" + "14" + "603a" + "57" + "60a0" + "36" + "03" + "80" + "60a0" + "6000" + "37";

  /** By the first word LOG3, or LOG4 at 0x28, of the words after it. */
  private static final String LOG =
      "600035" + "6004" + "14" + "6028" + "57" + "606035" + "604035" + "602035" + "83" + "6000"
          + "a3" + "00" + "5b" + "608035" + "606035" + "604035" + "602035" + "84" + "6000" + "a4"
          + "00";

  private static final String ANSWER_BEFORE = "5b" + "73";
  private static final String ANSWER_AFTER = "6000" + "52" + "6020" + "6000" + "f3";

  /** What creates one that answers with this address. */
  static String creationCode(EvmAddress answer) {
    return "0x" + INIT + BEGIN + LOG + ANSWER_BEFORE + answer.hex().substring(2) + ANSWER_AFTER;
  }

  /**
   * Lets it log an event.
   *
   * @param indexed two or three of them
   */
  ChainCall log(Event event, List<Type<?>> indexed, List<Type<?>> data) {
    return log(new Hash32(EventEncoder.encode(event)), indexed, data);
  }

  @SuppressWarnings("rawtypes") // web3j's types are raw
  ChainCall log(Hash32 topic, List<Type<?>> indexed, List<Type<?>> data) {
    StringBuilder words = new StringBuilder(word(Integer.toHexString(indexed.size() + 1)));
    words.append(topic.hex().substring(2));
    indexed.forEach(value -> words.append(TypeEncoder.encode(value)));
    while (words.length() < WORDS_BEFORE_DATA * 2 * Hash32.BYTES) {
      words.append(word("0"));
    }
    List<Type> raw = List.copyOf(data);
    return new ChainCall(address, "0x" + words + FunctionEncoder.encodeConstructor(raw));
  }

  private static String word(String hex) {
    return "0".repeat(2 * Hash32.BYTES - hex.length()) + hex;
  }
}
