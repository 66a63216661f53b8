package org.earnest.did.webvh;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.earnest.core.identity.Did;
import tools.jackson.databind.JsonNode;

/**
 * A log as far as it is valid (did:webvh 1.0, Read).
 *
 * @param versions oldest first
 * @param fault what is wrong with the entry after them
 */
record WebvhLog(List<WebvhVersion> versions, Optional<String> fault) {
  /** Each entry costs a signature. */
  static final int MAX_ENTRIES = 1_000;

  private static final String PREFIX = "did:webvh:";

  WebvhLog {
    versions = List.copyOf(versions);
  }

  /**
   * Verifies entries until one is wrong.
   *
   * @param scid of the DID that is resolved
   * @param now entries from the future are wrong
   */
  static WebvhLog read(String text, String scid, Instant now) {
    List<WebvhVersion> versions = new ArrayList<>();
    try {
      String body = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
      String[] lines = body.split("\n", MAX_ENTRIES + 1);
      if (lines.length > MAX_ENTRIES) {
        throw new InvalidLogException("the log has more than " + MAX_ENTRIES + " entries");
      }
      for (String line : lines) {
        WebvhEntry entry = WebvhEntry.read(line);
        versions.add(versions.isEmpty() ? first(entry, scid, now) : next(versions, entry, now));
      }
    } catch (InvalidLogException invalid) {
      return new WebvhLog(versions, Optional.of(String.valueOf(invalid.getMessage())));
    }
    return new WebvhLog(versions, Optional.empty());
  }

  private static WebvhVersion first(WebvhEntry entry, String scid, Instant now)
      throws InvalidLogException {
    WebvhParameters parameters = WebvhParameters.first(entry.parameters());
    if (!parameters.scid().equals(scid) || !entry.scid(scid).equals(scid)) {
      throw new InvalidLogException("the SCID is not that of the first entry");
    }
    requireName(entry, scid, 1);
    requireTime(entry, Instant.MIN, now);
    requireProofs(entry, parameters.updateKeys());
    return new WebvhVersion(entry, id(entry, scid), parameters, parameters.witness());
  }

  private static WebvhVersion next(List<WebvhVersion> before, WebvhEntry entry, Instant now)
      throws InvalidLogException {
    WebvhVersion last = before.getLast();
    WebvhParameters old = last.parameters();
    if (old.deactivated()) {
      throw new InvalidLogException("nothing follows deactivation");
    }
    WebvhParameters parameters = old.next(entry.parameters());
    requireName(entry, last.entry().versionId(), before.size() + 1);
    requireTime(entry, last.entry().time(), now);
    if (old.preRotates()) {
      requirePromised(parameters.updateKeys(), old.nextKeyHashes());
    }
    requireProofs(entry, old.preRotates() ? parameters.updateKeys() : old.updateKeys());
    Did id = id(entry, old.scid());
    if (!id.equals(last.id())) {
      requireMove(entry, last.id(), parameters);
    }
    return new WebvhVersion(
        entry, id, parameters, old.witness().isNobody() ? parameters.witness() : old.witness());
  }

  private static void requireName(WebvhEntry entry, String predecessor, int number)
      throws InvalidLogException {
    if (!entry.versionId().equals(entry.nameAfter(predecessor, number))) {
      throw new InvalidLogException("versionId is not the number and hash of its entry");
    }
  }

  private static void requireTime(WebvhEntry entry, Instant after, Instant now)
      throws InvalidLogException {
    if (!entry.time().isAfter(after)) {
      throw new InvalidLogException("versionTime does not come after the entry before");
    }
    if (entry.time().isAfter(now)) {
      throw new InvalidLogException("versionTime lies in the future");
    }
  }

  private static void requirePromised(Set<String> keys, Set<String> hashes)
      throws InvalidLogException {
    for (String key : keys) {
      if (!hashes.contains(Multihash.of(key))) {
        throw new InvalidLogException("a key was not promised by the entry before");
      }
    }
  }

  /** Every proof must hold: one that does not is a sign of tampering. */
  private static void requireProofs(WebvhEntry entry, Set<String> keys) throws InvalidLogException {
    for (WebvhProof proof : entry.proofs()) {
      if (!keys.contains(proof.key().text())) {
        throw new InvalidLogException("an entry is signed by a key that may not");
      }
      if (!proof.verifies(entry.unproved())) {
        throw new InvalidLogException("a signature does not hold");
      }
    }
  }

  private static Did id(WebvhEntry entry, String scid) throws InvalidLogException {
    String id = entry.state().path("id").asString("");
    try {
      if (id.startsWith(PREFIX + scid + ":")) {
        return new Did(id);
      }
    } catch (IllegalArgumentException noDid) {
      // Answered below, as another DID is.
    }
    throw new InvalidLogException("the document's id is not a DID of this log");
  }

  private static void requireMove(WebvhEntry entry, Did before, WebvhParameters parameters)
      throws InvalidLogException {
    boolean named = false;
    for (JsonNode name : entry.state().path("alsoKnownAs")) {
      named |= name.asString("").equals(before.value());
    }
    if (!parameters.portable() || !named) {
      throw new InvalidLogException("the DID moved without being portable, or hides where from");
    }
  }

  /** Whether this DID is that of at least one version. */
  boolean speaksOf(Did did) {
    return versions.stream().anyMatch(version -> version.id().equals(did));
  }
}
