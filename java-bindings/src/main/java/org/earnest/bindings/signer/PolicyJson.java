package org.earnest.bindings.signer;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.earnest.bindings.crypto.ChecksumAddress;
import org.earnest.bindings.crypto.Keccak256;
import org.earnest.bindings.signer.SigningPolicy.Allowed;
import org.earnest.core.chain.EvmAddress;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A policy's file. Every member is wanted, and none that is not known: a slip must not widen it.
 */
final class PolicyJson {
  static final String FORM =
      """
      {
        "allow": [
          {"to": "0x...", "functions": ["transfer(address,uint256)", "0x095ea7b3"]},
          {"to": "0x...", "transfers": true}
        ],
        "maxValueWei": "0",
        "maxFeeWei": "20000000000000000",
        "dayBudgetWei": "500000000000000000"
      }
      """;

  static final int MAX_BYTES = 1 << 20;

  private static final Set<String> MEMBERS =
      Set.of("allow", "maxValueWei", "maxFeeWei", "dayBudgetWei");
  private static final Set<String> TARGET = Set.of("to", "functions", "transfers");
  private static final Pattern WEI = Pattern.compile("0|[1-9][0-9]{0,77}");
  private static final Pattern SELECTOR = Pattern.compile("0x[0-9a-f]{8}");
  private static final Pattern SIGNATURE =
      Pattern.compile("[A-Za-z_$][A-Za-z0-9_$]*\\([a-z0-9,()\\[\\]]*\\)");
  private static final int SELECTOR_CHARS = 10;

  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
          .build();

  private PolicyJson() {}

  static SigningPolicy read(byte[] bytes) {
    require(bytes.length <= MAX_BYTES, "it has more than " + MAX_BYTES + " bytes");
    JsonNode json;
    try {
      json = JSON.readTree(new String(bytes, StandardCharsets.UTF_8));
    } catch (JacksonException e) {
      throw new IllegalArgumentException("it is no JSON, or has a member twice", e);
    }
    requireMembers(json, MEMBERS, "the policy");
    require(json.path("allow").isArray(), "allow must be an array");
    Map<EvmAddress, Allowed> allowed = new HashMap<>();
    for (JsonNode target : json.path("allow")) {
      requireMembers(target, TARGET, "an entry of allow");
      EvmAddress to = address(target.path("to"));
      require(allowed.put(to, allowed(target)) == null, to + " is in allow twice");
    }
    return new SigningPolicy(
        allowed, wei(json, "maxValueWei"), wei(json, "maxFeeWei"), wei(json, "dayBudgetWei"));
  }

  private static Allowed allowed(JsonNode target) {
    JsonNode transfers = target.path("transfers");
    JsonNode functions = target.path("functions");
    require(transfers.isMissingNode() || transfers.isBoolean(), "transfers must be true or false");
    require(functions.isMissingNode() || functions.isArray(), "functions must be an array");
    Set<String> selectors = new HashSet<>();
    for (JsonNode function : functions) {
      selectors.add(selector(function.asString("")));
    }
    return new Allowed(selectors, transfers.asBoolean(false));
  }

  private static String selector(String function) {
    if (SELECTOR.matcher(function).matches()) {
      return function;
    }
    require(
        SIGNATURE.matcher(function).matches(),
        "a function is written as transfer(address,uint256), without spaces and names, or as its"
            + " selector, 0x and 8 digits in lower case");
    return Keccak256.hash(function).hex().substring(0, SELECTOR_CHARS);
  }

  private static EvmAddress address(JsonNode json) {
    return ChecksumAddress.parse(json.asString(""));
  }

  private static BigInteger wei(JsonNode json, String name) {
    String text = json.path(name).isString() ? json.path(name).stringValue() : "";
    require(WEI.matcher(text).matches(), name + " must be a whole number of wei, in quotes");
    return new BigInteger(text);
  }

  private static void requireMembers(JsonNode json, Set<String> known, String what) {
    require(json.isObject(), what + " must be an object");
    for (String name : json.propertyNames()) {
      require(known.contains(name), what + " has no member " + name + ", only " + known);
    }
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
