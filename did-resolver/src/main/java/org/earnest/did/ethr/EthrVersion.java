package org.earnest.did.ethr;

import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.earnest.core.chain.BlockHeader;
import org.earnest.core.identity.DidDocumentMetadata;
import org.earnest.core.identity.DidVersion;

/**
 * The part of a history that a version is made of. A version's name is the number of a block, and
 * the version holds every change up to it.
 *
 * @param now seconds since 1970, by which entries have run out
 */
record EthrVersion(List<EthrChange> applied, List<EthrChange> later, BigInteger now) {
  /**
   * Cuts a history.
   *
   * @return empty where the chain has not come to that version
   * @throws IllegalArgumentException when a version's name is no block number
   */
  static Optional<EthrVersion> of(
      EthrRegistryReader registry,
      BlockHeader head,
      List<EthrChange> history,
      Optional<DidVersion> version) {
    if (version.isEmpty()) {
      long now = Math.max(head.timestamp(), registry.time());
      return Optional.of(cut(history, head.ref().number(), now));
    }
    return switch (version.get()) {
      case DidVersion.Id(String value) -> {
        long block = block(value);
        yield block > head.ref().number()
            ? Optional.empty()
            : Optional.of(cut(history, block, registry.header(block).timestamp()));
      }
      case DidVersion.At(Instant time) ->
          time.getEpochSecond() > Math.max(head.timestamp(), registry.time())
              ? Optional.empty()
              : Optional.of(at(registry, history, time.getEpochSecond()));
    };
  }

  private static long block(String value) {
    if (!value.matches("0|[1-9][0-9]{0,17}")) {
      throw new IllegalArgumentException("a versionId of did:ethr is a block number");
    }
    return Long.parseLong(value);
  }

  private static EthrVersion at(EthrRegistryReader registry, List<EthrChange> history, long time) {
    long last = 0;
    for (EthrChange change : history) {
      if (change.block() > last) {
        if (registry.header(change.block()).timestamp() > time) {
          break;
        }
        last = change.block();
      }
    }
    return cut(history, last, time);
  }

  private static EthrVersion cut(List<EthrChange> history, long block, long now) {
    int size = 0;
    while (size < history.size() && history.get(size).block() <= block) {
      size++;
    }
    return new EthrVersion(
        List.copyOf(history.subList(0, size)),
        List.copyOf(history.subList(size, history.size())),
        BigInteger.valueOf(now));
  }

  DidDocumentMetadata metadata(EthrRegistryReader registry, boolean deactivated) {
    Optional<BlockHeader> last =
        applied.isEmpty()
            ? Optional.empty()
            : Optional.of(registry.header(applied.getLast().block()));
    Optional<BlockHeader> next =
        later.isEmpty() ? Optional.empty() : Optional.of(registry.header(later.getFirst().block()));
    return new DidDocumentMetadata(
        deactivated,
        Optional.empty(),
        last.map(EthrVersion::time),
        last.map(EthrVersion::name),
        next.map(EthrVersion::time),
        next.map(EthrVersion::name),
        Map.of());
  }

  private static Instant time(BlockHeader header) {
    return Instant.ofEpochSecond(header.timestamp());
  }

  private static String name(BlockHeader header) {
    return Long.toString(header.ref().number());
  }
}
