package org.earnest.escrow.edge;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.deal.DealTerms;
import org.earnest.escrow.decide.Signature;
import tools.jackson.databind.JsonNode;

/**
 * Members of a JSON object. Whole numbers may come as numbers or, as they may exceed 2^53, as
 * decimal text; what is left out is zero.
 */
final class Members {
  private static final int MAX_DIGITS = 78;

  private final JsonNode object;
  private final String path;

  Members(JsonNode object, String path) {
    if (!object.isObject()) {
      throw new IllegalArgumentException(path + " must be a JSON object");
    }
    this.object = object;
    this.path = path;
  }

  EvmAddress address(String name) {
    return text(name, EvmAddress::new, EvmAddress.ZERO);
  }

  Hash32 hash(String name) {
    return text(name, Hash32::new, Hash32.ZERO);
  }

  BigInteger integer(String name) {
    JsonNode value = object.path(name);
    if (value.isMissingNode()) {
      return BigInteger.ZERO;
    }
    if (value.isIntegralNumber()) {
      return value.bigIntegerValue();
    }
    if (value.isString() && value.asString().matches("[0-9]{1," + MAX_DIGITS + "}")) {
      return new BigInteger(value.asString());
    }
    throw new IllegalArgumentException(path + "." + name + " must be a whole number, 0 or more");
  }

  long number(String name) {
    BigInteger value = integer(name);
    if (value.bitLength() >= Long.SIZE) {
      throw new IllegalArgumentException(path + "." + name + " is too large");
    }
    return value.longValue();
  }

  int small(String name) {
    BigInteger value = integer(name);
    if (value.bitLength() >= Integer.SIZE) {
      throw new IllegalArgumentException(path + "." + name + " is too large");
    }
    return value.intValue();
  }

  /** Objects that must be there, each as JSON. */
  List<String> documents(String name) {
    JsonNode array = object.path(name);
    if (!array.isArray() || !array.valueStream().allMatch(JsonNode::isObject)) {
      throw new IllegalArgumentException(path + "." + name + " must be an array of objects");
    }
    return array.valueStream().map(JsonNode::toString).toList();
  }

  /** Text that must be there. */
  String text(String name) {
    requiring(name);
    return text(name, text -> text, "");
  }

  /** A signature; none where it is left out. */
  Signature signature(String name) {
    return text(name, Signature::new, Signature.NONE);
  }

  /** An array of signatures; an empty text stands for none. */
  List<Signature> signatures(String name) {
    JsonNode array = object.path(name);
    if (!array.isArray() || array.size() > DealTerms.MAX_LEGS) {
      throw new IllegalArgumentException(
          path + "." + name + " must be an array of at most " + DealTerms.MAX_LEGS + " texts");
    }
    List<Signature> read = new ArrayList<>(array.size());
    for (JsonNode each : array) {
      if (!each.isString()) {
        throw new IllegalArgumentException(path + "." + name + " must hold texts");
      }
      read.add(each.asString().isEmpty() ? Signature.NONE : new Signature(each.asString()));
    }
    return read;
  }

  /** An object that must be there. */
  Members object(String name) {
    return new Members(object.path(name), path + "." + name);
  }

  JsonNode node(String name) {
    return object.path(name);
  }

  boolean has(String name) {
    return object.has(name);
  }

  /** The same object, which must have these members. */
  Members requiring(String... names) {
    for (String name : names) {
      if (object.path(name).isMissingNode()) {
        throw new IllegalArgumentException(path + "." + name + " is missing");
      }
    }
    return this;
  }

  private <T> T text(String name, Function<String, T> parser, T absent) {
    JsonNode value = object.path(name);
    if (value.isMissingNode()) {
      return absent;
    }
    if (!value.isString()) {
      throw new IllegalArgumentException(path + "." + name + " must be text");
    }
    try {
      return parser.apply(value.asString());
    } catch (IllegalArgumentException refused) {
      throw new IllegalArgumentException(path + "." + name + ": " + refused.getMessage(), refused);
    }
  }
}
