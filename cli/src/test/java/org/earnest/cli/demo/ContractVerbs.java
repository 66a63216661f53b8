package org.earnest.cli.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.earnest.bindings.crypto.Keccak256;
import org.earnest.bindings.rpc.JsonRpc;
import org.earnest.cli.house.ProjectFolder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a contract can be asked to change, by its ABI, and what it was asked on a chain. */
final class ContractVerbs {
  private static final int SELECTOR_CHARS = 10;

  private final Map<String, String> namesBySelector = new TreeMap<>();

  /** Of the contract of this name in {@code contracts/abi}. */
  ContractVerbs(String contract) {
    Path abi = ProjectFolder.path().resolve("contracts/abi").resolve(contract + ".abi");
    try {
      JsonMapper.shared()
          .readTree(Files.readString(abi))
          .valueStream()
          .filter(entry -> entry.path("type").asString("").equals("function"))
          .filter(verb -> verb.path("stateMutability").asString("").endsWith("payable"))
          .forEach(verb -> namesBySelector.put(selector(verb), verb.path("name").asString()));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  Set<String> all() {
    return new TreeSet<>(namesBySelector.values());
  }

  /** Those that somebody's transaction asked for, in any block of the chain. */
  Set<String> sent(JsonRpc rpc) {
    Set<String> sent = new TreeSet<>();
    long head = Long.decode(rpc.require("eth_blockNumber").asString());
    for (long number = 0; number <= head; number++) {
      rpc.require("eth_getBlockByNumber", "0x" + Long.toHexString(number), true)
          .path("transactions")
          .valueStream()
          .map(transaction -> transaction.path("input").asString(""))
          .filter(input -> input.length() >= SELECTOR_CHARS)
          .map(input -> namesBySelector.get(input.substring(0, SELECTOR_CHARS)))
          .filter(name -> name != null)
          .forEach(sent::add);
    }
    return sent;
  }

  private static String selector(JsonNode verb) {
    String signature = verb.path("name").asString() + types(verb.path("inputs"));
    return Keccak256.hash(signature.getBytes(StandardCharsets.US_ASCII))
        .hex()
        .substring(0, SELECTOR_CHARS);
  }

  /** Solidity ABI, function selector: a struct is the tuple of its members' types. */
  private static String types(JsonNode inputs) {
    return inputs
        .valueStream()
        .map(
            input -> {
              String type = input.path("type").asString();
              return type.startsWith("tuple")
                  ? types(input.path("components")) + type.substring("tuple".length())
                  : type;
            })
        .collect(Collectors.joining(",", "(", ")"));
  }
}
