package org.earnest.kit.logcache;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;

/**
 * Which logs are meant.
 *
 * @param genesis the hash of the chain's block 0, as chains may share an id
 * @param contracts whose logs
 * @param topics event signatures; empty for any
 */
public record CacheKey(
    Caip2ChainId chain, Hash32 genesis, Set<EvmAddress> contracts, List<Hash32> topics) {
  public CacheKey {
    contracts = Set.copyOf(contracts);
    topics = List.copyOf(topics);
  }

  /** The same for the same logs, in whatever order they were named. */
  byte[] digest() {
    String text =
        chain
            + " "
            + genesis
            + contracts.stream()
                .map(EvmAddress::hex)
                .sorted()
                .collect(Collectors.joining(",", " ", ""))
            + topics.stream().map(Hash32::hex).sorted().collect(Collectors.joining(",", " ", ""));
    MessageDigest sha = SegmentFormat.sha256();
    return sha.digest(text.getBytes(StandardCharsets.UTF_8));
  }
}
