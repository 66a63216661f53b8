package org.earnest.reputation.file;

import java.net.URI;
import java.util.Optional;
import java.util.Set;
import org.earnest.kit.fetch.FetchOutcome;
import org.earnest.kit.fetch.FetchPolicy;
import org.earnest.kit.fetch.GuardedFetcher;

/**
 * Reads files by their URI: {@code https:} through the guarded client, {@code data:} from the URI,
 * {@code ipfs:} through a gateway. The gateway is believed where no hash is given: what it serves
 * is not held against the CID.
 */
public final class FileSource {
  /** A registration or feedback file is a page of JSON. */
  public static final int MAX_BYTES = 256 * 1024;

  static final String TOO_LARGE = "The file has more than %d bytes.".formatted(MAX_BYTES);
  private static final int OK = 200;
  private static final String ACCEPT = "application/json";

  private final GuardedFetcher fetcher;
  private final Optional<URI> ipfsGateway;

  public FileSource(GuardedFetcher fetcher, Optional<URI> ipfsGateway) {
    this.fetcher = fetcher;
    this.ipfsGateway = ipfsGateway;
  }

  /**
   * What may be fetched: public https.
   *
   * @param developmentOrigins exempt from that; see {@link FetchPolicy#allowing}
   */
  public static FetchPolicy policy(Set<String> developmentOrigins) {
    return new FetchPolicy(developmentOrigins, MAX_BYTES, FetchPolicy.DEFAULT_PATIENCE);
  }

  public FileReading read(String uri) {
    return switch (FileUri.parse(uri, ipfsGateway)) {
      case FileUri.Web web -> fetched(fetcher.get(web.uri(), ACCEPT));
      case FileUri.Inline inline -> new FileReading.Read(inline.data().content());
      case FileUri.Unreadable not -> new FileReading.Refused(not.code(), not.detail());
    };
  }

  private static FileReading fetched(FetchOutcome outcome) {
    return switch (outcome) {
      case FetchOutcome.Fetched answer when answer.status() == OK ->
          new FileReading.Read(new Content(answer.body().bytes()));
      case FetchOutcome.Fetched answer ->
          new FileReading.Unavailable(
              "http_status", "The host answered with status %d.".formatted(answer.status()));
      case FetchOutcome.Refused refused ->
          new FileReading.Refused(refused.refusal().code(), refused.detail());
      case FetchOutcome.Failed failed ->
          new FileReading.Unavailable(failed.failure().code(), failed.detail());
    };
  }
}
