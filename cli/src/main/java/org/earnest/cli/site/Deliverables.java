package org.earnest.cli.site;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.earnest.core.chain.Hash32;

/** What the seller delivered, served under its hash. */
public final class Deliverables {
  private final Map<String, byte[]> works = new ConcurrentHashMap<>();

  /**
   * Publishes a work.
   *
   * @return where it is served, below the host's address
   */
  public String publish(Hash32 hash, byte[] work) {
    works.put(hash.hex(), work.clone());
    return path(hash.hex());
  }

  Optional<byte[]> find(String hash) {
    return Optional.ofNullable(works.get(hash)).map(byte[]::clone);
  }

  static String path(String hash) {
    return "/demo/deliverables/" + hash;
  }
}
