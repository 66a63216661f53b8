package org.earnest.payments.wire;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Takes the known members out of an object; what remains is kept by the record that was read. An
 * optional member that is null counts as absent, as TypeScript peers write both.
 */
final class Members {
  static final int MAX_LIST = 64;
  private static final Pattern UINT = Pattern.compile("0|[1-9][0-9]{0,77}");
  private static final int UINT_BITS = 256;

  private final String what;
  private final ObjectNode rest;

  private Members(String what, ObjectNode rest) {
    this.what = what;
    this.rest = rest;
  }

  static Members of(String what, JsonNode json) {
    if (json instanceof ObjectNode object) {
      // Not of what the members hold: the records that are made of them copy what they keep.
      return new Members(what, WireJson.object().setAll(object));
    }
    throw new WireFormatException(what + " must be an object");
  }

  String text(String name) {
    return optionalText(name).orElseThrow(() -> missing(name));
  }

  Optional<String> optionalText(String name) {
    return take(name)
        .map(
            node -> {
              if (!node.isString()) {
                throw wrong(name, "a string");
              }
              return node.stringValue();
            });
  }

  /** A decimal string of a Solidity {@code uint256}. */
  BigInteger uint(String name) {
    return uint(what + "." + name, text(name));
  }

  static BigInteger uint(String name, String text) {
    if (!UINT.matcher(text).matches()) {
      throw new WireFormatException(name + " must be a whole decimal number in a string");
    }
    BigInteger value = new BigInteger(text);
    if (value.bitLength() > UINT_BITS) {
      throw new WireFormatException(name + " does not fit 256 bits");
    }
    return value;
  }

  boolean flag(String name) {
    JsonNode node = take(name).orElseThrow(() -> missing(name));
    if (!node.isBoolean()) {
      throw wrong(name, "true or false");
    }
    return node.booleanValue();
  }

  /** The same; false where it is absent. */
  boolean optionalFlag(String name) {
    return rest.hasNonNull(name) && flag(name);
  }

  long positive(String name) {
    return atLeast(1, name, "a positive whole number");
  }

  long notNegative(String name) {
    return atLeast(0, name, "a whole number, not negative");
  }

  private long atLeast(long least, String name, String wanted) {
    JsonNode node = take(name).orElseThrow(() -> missing(name));
    if (!node.isIntegralNumber() || !node.canConvertToLong() || node.longValue() < least) {
      throw wrong(name, wanted);
    }
    return node.longValue();
  }

  void version() {
    version(PaymentHeaders.X402_VERSION);
  }

  void version(int wanted) {
    if (positive("x402Version") != wanted) {
      throw new WireFormatException("x402Version must be " + wanted);
    }
  }

  JsonNode required(String name) {
    return take(name).orElseThrow(() -> missing(name));
  }

  Optional<JsonNode> optional(String name) {
    return take(name);
  }

  ObjectNode object(String name) {
    return asObject(name, required(name));
  }

  ObjectNode objectOrEmpty(String name) {
    return take(name).map(node -> asObject(name, node)).orElseGet(WireJson::object);
  }

  List<JsonNode> list(String name) {
    return take(name).map(node -> asList(name, node)).orElse(List.of());
  }

  List<String> texts(String name) {
    return list(name).stream()
        .map(
            node -> {
              if (!node.isString()) {
                throw wrong(name, "a list of strings");
              }
              return node.stringValue();
            })
        .toList();
  }

  /** What nobody asked for. */
  ObjectNode rest() {
    return rest;
  }

  private Optional<JsonNode> take(String name) {
    return Optional.ofNullable(rest.remove(name)).filter(node -> !node.isNull());
  }

  private List<JsonNode> asList(String name, JsonNode node) {
    if (node instanceof ArrayNode array && array.size() <= MAX_LIST) {
      return new ArrayList<>(array.values());
    }
    throw wrong(name, "a list of at most " + MAX_LIST);
  }

  private ObjectNode asObject(String name, JsonNode node) {
    if (node instanceof ObjectNode object) {
      return object;
    }
    throw wrong(name, "an object");
  }

  private WireFormatException missing(String name) {
    return new WireFormatException(what + "." + name + " is missing");
  }

  private WireFormatException wrong(String name, String expected) {
    return new WireFormatException(what + "." + name + " must be " + expected);
  }
}
