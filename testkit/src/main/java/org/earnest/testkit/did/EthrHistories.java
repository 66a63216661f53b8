package org.earnest.testkit.did;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Histories of did:ethr identities that were made on a chain, and what npm's {@code
 * ethr-did-resolver} made of them.
 *
 * @param madeWith what made them, with versions
 * @param registry the ERC-1056 registry's address
 * @param blocks all of the chain from its first on
 */
public record EthrHistories(
    String madeWith, long chainId, String registry, List<Block> blocks, List<History> histories) {
  /** The file beside this class. */
  public static final String FILE = "ethr-histories.json";

  public EthrHistories {
    blocks = List.copyOf(blocks);
    histories = List.copyOf(histories);
  }

  /**
   * A block.
   *
   * @param timestamp seconds since 1970
   */
  public record Block(long number, String hash, String parentHash, long timestamp, List<Log> logs) {
    public Block {
      logs = List.copyOf(logs);
    }
  }

  /** A log of the registry. */
  public record Log(List<String> topics, String data) {
    public Log {
      topics = List.copyOf(topics);
    }
  }

  /** What became of one identity. */
  public record History(String name, String did, List<Version> versions) {
    public History {
      versions = List.copyOf(versions);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  /**
   * A document as it was.
   *
   * @param versionId the block that it was asked for at
   */
  public record Version(long versionId, JsonNode didDocument, JsonNode didDocumentMetadata) {}

  /** All of them. */
  public static EthrHistories read() {
    try (InputStream json = Objects.requireNonNull(EthrHistories.class.getResourceAsStream(FILE))) {
      return JsonMapper.shared().readValue(json, EthrHistories.class);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
