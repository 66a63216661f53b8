package org.earnest.credentials.model;

import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/**
 * The digests that a document gives of a resource, {@code digestSRI} and {@code digestMultibase}
 * (VC Data Model 2.0 §5.3). Safe for use by many threads.
 */
public final class ContentDigests {
  /** Of each kind; each costs a hash of the whole resource. */
  static final int MAX_DIGESTS = 8;

  /** The grammar's {@code hash-expression} (Subresource Integrity §3.5). */
  private static final Pattern SRI =
      Pattern.compile("(sha256|sha384|sha512)-([A-Za-z0-9+/_-]{1,128})={0,2}");

  private static final Map<String, String> SRI_HASHES =
      Map.of("sha256", "SHA-256", "sha384", "SHA-384", "sha512", "SHA-512");

  private record Sri(String hash, String base64) {}

  private final List<Sri> sri;
  private final List<Multihash> multihashes;

  private ContentDigests(List<Sri> sri, List<Multihash> multihashes) {
    this.sri = List.copyOf(sri);
    this.multihashes = List.copyOf(multihashes);
  }

  /**
   * Reads the digests of an object; there may be none.
   *
   * @throws InvalidCredentialException {@code INVALID_CREDENTIAL}
   */
  public static ContentDigests of(ObjectNode object) throws InvalidCredentialException {
    List<Sri> sri = new ArrayList<>();
    for (String text : Members.texts(object, "digestSRI")) {
      for (String one : text.split(" ", -1)) {
        sri.add(sri(one));
      }
    }
    List<Multihash> multihashes = new ArrayList<>();
    for (String text : Members.texts(object, "digestMultibase")) {
      multihashes.add(
          Multihash.parse(text)
              .orElseThrow(() -> Members.invalid("digestMultibase must be a multihash")));
    }
    if (sri.size() > MAX_DIGESTS || multihashes.size() > MAX_DIGESTS) {
      throw Members.invalid("a resource may have " + MAX_DIGESTS + " digests of a kind at most");
    }
    return new ContentDigests(sri, multihashes);
  }

  private static Sri sri(String text) throws InvalidCredentialException {
    var matcher = SRI.matcher(text);
    if (!matcher.matches()) {
      throw Members.invalid("digestSRI must be sha256-, sha384- or sha512- and base64");
    }
    String base64 = matcher.group(2).replace('-', '+').replace('_', '/');
    return new Sri(String.valueOf(SRI_HASHES.get(matcher.group(1))), base64);
  }

  /** Whether no digest is given. */
  public boolean isEmpty() {
    return sri.isEmpty() && multihashes.isEmpty();
  }

  /**
   * Whether this is what was meant: one of the strongest {@code digestSRI} is its own, and each
   * {@code digestMultibase}. One by a hash that is not known here is nobody's.
   */
  public boolean match(byte[] content) {
    return (sri.isEmpty() || sriMatches(content))
        && multihashes.stream().allMatch(one -> one.matches(content));
  }

  private boolean sriMatches(byte[] content) {
    String strongest = sri.stream().map(Sri::hash).max(Comparator.naturalOrder()).orElseThrow();
    String own =
        Base64.getEncoder().withoutPadding().encodeToString(Multihash.hash(strongest, content));
    return sri.contains(new Sri(strongest, own));
  }
}
