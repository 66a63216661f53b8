package org.earnest.payments.wire;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The names that version 1 has for EVM chains, as the reference implementation ships them. The map
 * is closed: a later chain has no name, and cannot be offered in version 1.
 */
public final class NetworksV1 {
  private static final String EIP155 = "eip155:";

  private static final Map<String, Long> CHAIN_IDS =
      Map.ofEntries(
          Map.entry("ethereum", 1L),
          Map.entry("sepolia", 11155111L),
          Map.entry("abstract", 2741L),
          Map.entry("abstract-testnet", 11124L),
          Map.entry("base-sepolia", 84532L),
          Map.entry("base", 8453L),
          Map.entry("avalanche-fuji", 43113L),
          Map.entry("avalanche", 43114L),
          Map.entry("iotex", 4689L),
          Map.entry("sei", 1329L),
          Map.entry("sei-testnet", 1328L),
          Map.entry("polygon", 137L),
          Map.entry("polygon-amoy", 80002L),
          Map.entry("peaq", 3338L),
          Map.entry("story", 1514L),
          Map.entry("educhain", 41923L),
          Map.entry("skale-base-sepolia", 324705682L),
          Map.entry("megaeth", 4326L),
          Map.entry("monad", 143L),
          Map.entry("stable", 988L),
          Map.entry("stable-testnet", 2201L),
          Map.entry("celo", 42220L),
          Map.entry("flare", 14L));

  private static final Map<String, String> NAMES =
      CHAIN_IDS.entrySet().stream()
          .collect(
              Collectors.toUnmodifiableMap(entry -> EIP155 + entry.getValue(), Map.Entry::getKey));

  private NetworksV1() {}

  /** The CAIP-2 identifier of a name. */
  public static Optional<String> caip2(String name) {
    return Optional.ofNullable(CHAIN_IDS.get(name)).map(id -> EIP155 + id);
  }

  /** The name of a CAIP-2 identifier. */
  public static Optional<String> name(String caip2) {
    return Optional.ofNullable(NAMES.get(caip2));
  }
}
