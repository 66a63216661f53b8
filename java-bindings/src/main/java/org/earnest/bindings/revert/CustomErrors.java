package org.earnest.bindings.revert;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.earnest.bindings.crypto.Keccak256;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The errors that the contracts declare, read from their ABI: a new error is known as soon as the
 * ABI is.
 */
final class CustomErrors {
  /** Prefix and four bytes. */
  static final int SELECTOR_CHARS = 10;

  /** Their errors' names and arguments may meet; then they are one error. */
  static final List<String> CONTRACTS =
      List.of(
          "CallBatch",
          "CaptureOperator",
          "ChannelHub",
          "CredentialAnchor",
          "DealEscrow",
          "ERC3009DepositCollector",
          "EthereumDIDRegistry",
          "IdentityRegistry",
          "PanelArbiter",
          "ReputationRegistry",
          "TestUSDC",
          "ValidationRegistry");

  private static final Map<String, Declaration> BY_SELECTOR = load();

  private CustomErrors() {}

  static Optional<Declaration> find(String selector) {
    return Optional.ofNullable(BY_SELECTOR.get(selector));
  }

  /** Every error, for tests that hold the decoder against the ABI. */
  static Map<String, Declaration> all() {
    return BY_SELECTOR;
  }

  private static Map<String, Declaration> load() {
    Map<String, Declaration> errors = new HashMap<>();
    for (String contract : CONTRACTS) {
      for (JsonNode entry : abi(contract)) {
        if (entry.path("type").asString("").equals("error")) {
          Declaration declared = declaration(entry);
          errors.put(declared.selector(), declared);
        }
      }
    }
    return Map.copyOf(errors);
  }

  private static JsonNode abi(String contract) {
    String resource = "/abi/" + contract + ".abi";
    try (InputStream file = CustomErrors.class.getResourceAsStream(resource)) {
      if (file == null) {
        throw new IllegalStateException(resource + " is missing from the jar");
      }
      return JsonMapper.shared().readTree(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Declaration declaration(JsonNode entry) {
    List<String> types = new ArrayList<>();
    entry.path("inputs").forEach(input -> types.add(input.path("type").stringValue()));
    return new Declaration(entry.path("name").stringValue(), types);
  }

  /**
   * An error's declaration.
   *
   * @param types Solidity types in order, none of them a tuple
   */
  record Declaration(String name, List<String> types) {
    Declaration {
      types = List.copyOf(types);
    }

    String selector() {
      return Keccak256.hash(name + "(" + String.join(",", types) + ")")
          .hex()
          .substring(0, SELECTOR_CHARS);
    }
  }
}
