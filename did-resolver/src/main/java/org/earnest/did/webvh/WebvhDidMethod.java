package org.earnest.did.webvh;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.earnest.core.identity.Did;
import org.earnest.core.identity.DidDocumentMetadata;
import org.earnest.core.identity.DidResolution;
import org.earnest.core.identity.DidResolution.ErrorType;
import org.earnest.core.identity.DidVersion;
import org.earnest.core.identity.ResolutionOptions;
import org.earnest.did.DidMethod;
import org.earnest.did.Lifetime;
import org.earnest.did.document.DidDocumentReader;
import org.earnest.did.document.StrictJsonDocument;
import org.earnest.did.fetch.DocumentFetcher;
import org.earnest.did.fetch.DocumentFetcher.Answer;
import org.earnest.did.web.WebLocation;

/**
 * did:webvh 1.0: a web site publishes a log, and the log proves itself. The newest version is
 * answered only when the whole log holds; an earlier one also when the log goes wrong after it.
 */
public final class WebvhDidMethod implements DidMethod {
  public static final String NAME = "webvh";

  /** How long a log is believed without asking again, if its controller says nothing shorter. */
  static final Duration FRESHNESS = Duration.ofMinutes(5);

  /** How far clocks may differ. */
  static final Duration SKEW = Duration.ofSeconds(60);

  private static final Pattern SYNTAX =
      Pattern.compile("(Qm[1-9A-HJ-NP-Za-km-z]{44}):([^:]+\\.[^:]+(?::.*)?)");
  private final DocumentFetcher fetcher;
  private final InstantSource clock;

  public WebvhDidMethod(DocumentFetcher fetcher, InstantSource clock) {
    this.fetcher = fetcher;
    this.clock = clock;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public boolean hasVersions() {
    return true;
  }

  @Override
  public Lifetime lifetime(Did did) {
    return new Lifetime.For(FRESHNESS);
  }

  @Override
  public DidResolution resolve(Did did, ResolutionOptions options) {
    var matcher = SYNTAX.matcher(did.methodSpecificId());
    if (!matcher.matches()) {
      return refuse(ErrorType.INVALID_DID, "did:webvh:SCID:host[:path] expected");
    }
    WebLocation location;
    try {
      location = WebLocation.parse(matcher.group(2));
    } catch (IllegalArgumentException malformed) {
      return refuse(ErrorType.INVALID_DID, String.valueOf(malformed.getMessage()));
    }
    return switch (fetcher.get(location.file("did.jsonl"), "text/jsonl, application/json;q=0.5")) {
      case Answer.Received(int status, Optional<String> type, String body) when status == 200 ->
          judge(did, WebvhLog.read(body, matcher.group(1), now()), location, options);
      case Answer other -> missing(other);
    };
  }

  private Instant now() {
    return clock.instant().plus(SKEW);
  }

  private static DidResolution missing(Answer answer) {
    return switch (answer) {
      case Answer.Received(int status, Optional<String> type, String body) ->
          status == 404 || status == 410
              ? refuse(ErrorType.NOT_FOUND, "the host has no such log")
              : refuse(ErrorType.INTERNAL_ERROR, "the host answers with status " + status);
      case Answer.Forbidden(String detail) -> refuse(ErrorType.NOT_FOUND, detail);
      case Answer.Unreadable(String detail) -> refuse(ErrorType.INVALID_DID, detail);
      case Answer.Unavailable(String detail) -> refuse(ErrorType.INTERNAL_ERROR, detail);
    };
  }

  private DidResolution judge(
      Did did, WebvhLog log, WebLocation location, ResolutionOptions options) {
    if (!log.speaksOf(did)) {
      return refuse(
          ErrorType.INVALID_DID, log.fault().orElse("the log is not of this DID, but of another"));
    }
    WebvhLog approved = log;
    if (log.versions().stream().anyMatch(version -> !version.witness().isNobody())) {
      switch (fetcher.get(location.file("did-witness.json"), "application/json")) {
        case Answer.Received(int status, Optional<String> type, String body) when status == 200 ->
            approved = approved(log, body);
        case Answer other -> {
          return missing(other);
        }
      }
    }
    return choose(did, approved, options);
  }

  private static WebvhLog approved(WebvhLog log, String body) {
    List<WebvhVersion> versions = log.versions();
    try {
      WebvhWitnessProofs proofs = WebvhWitnessProofs.read(body, versions);
      for (int i = 0; i < versions.size(); i++) {
        if (!proofs.suffice(versions.get(i), i)) {
          return new WebvhLog(
              versions.subList(0, i), Optional.of("too few witnesses approved an entry"));
        }
      }
      return log;
    } catch (InvalidLogException invalid) {
      return new WebvhLog(List.of(), Optional.of(String.valueOf(invalid.getMessage())));
    }
  }

  private static DidResolution choose(Did did, WebvhLog log, ResolutionOptions options) {
    if (options.version().isEmpty()) {
      return log.fault()
          .map(fault -> refuse(ErrorType.INVALID_DID, fault))
          .orElseGet(() -> resolved(log, log.versions().size() - 1));
    }
    List<WebvhVersion> versions = log.versions();
    int found = -1;
    for (int i = 0; i < versions.size(); i++) {
      WebvhEntry entry = versions.get(i).entry();
      boolean wanted =
          switch (options.version().get()) {
            case DidVersion.Id(String value) -> entry.versionId().equals(value);
            case DidVersion.At(Instant time) -> !entry.time().isAfter(time);
          };
      found = wanted ? i : found;
    }
    boolean isLast = found == versions.size() - 1;
    boolean byTime = options.version().get() instanceof DidVersion.At;
    if (log.fault().isPresent() && (found < 0 || (isLast && byTime))) {
      return refuse(ErrorType.INVALID_DID, log.fault().get());
    }
    return found < 0
        ? refuse(ErrorType.NOT_FOUND, "the log of " + did + " has no such version")
        : resolved(log, found);
  }

  private static DidResolution resolved(WebvhLog log, int index) {
    WebvhVersion version = log.versions().get(index);
    Optional<WebvhEntry> next =
        index + 1 < log.versions().size()
            ? Optional.of(log.versions().get(index + 1).entry())
            : Optional.empty();
    WebvhParameters newest = log.versions().getLast().parameters();
    try {
      return new DidResolution.Resolved(
          DidDocumentReader.read(version.entry().state(), version.id()),
          new DidDocumentMetadata(
              newest.deactivated(),
              Optional.of(log.versions().getFirst().entry().time()),
              Optional.of(version.entry().time()),
              Optional.of(version.entry().versionId()),
              next.map(WebvhEntry::time),
              next.map(WebvhEntry::versionId),
              Map.of(
                  "scid", newest.scid(),
                  "versionTime", version.entry().time().toString(),
                  "ttl", Long.toString(newest.ttl()))),
          Optional.of(StrictJsonDocument.write(version.entry().state())));
    } catch (IllegalArgumentException malformed) {
      return refuse(ErrorType.INVALID_DID_DOCUMENT, String.valueOf(malformed.getMessage()));
    }
  }

  private static DidResolution refuse(ErrorType error, String detail) {
    return new DidResolution.Refused(error, detail);
  }
}
