package org.earnest.credentials.status;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.earnest.credentials.CredentialIssuer;
import org.earnest.credentials.IssueOutcome;

/** Signs a list as its issuer publishes it (Bitstring Status List 1.0 §3.1). */
public final class BitstringPublication {
  /** Of a list's credential. */
  public static final String TYPE = BitstringList.TYPE;

  /** How long a signed list may be believed, should its issuer fall silent. */
  public static final Duration VALIDITY = Duration.ofHours(6);

  private final CredentialIssuer issuer;
  private final Duration validity;

  public BitstringPublication(CredentialIssuer issuer) {
    this(issuer, VALIDITY);
  }

  /**
   * Signs for longer or shorter than {@link #VALIDITY}.
   *
   * @param validity for so long an old list can be shown in place of a newer one
   */
  public BitstringPublication(CredentialIssuer issuer, Duration validity) {
    this.issuer = issuer;
    this.validity = validity;
  }

  /**
   * The list's credential.
   *
   * @param url where it is served
   * @param statuses {@link Statuses.Order#LEFT_FIRST}
   * @throws org.earnest.core.chain.SignerUnavailableException when the key cannot be used now
   */
  public String sign(URI url, StatusPurpose purpose, Statuses statuses, Instant now) {
    Instant from = now.truncatedTo(ChronoUnit.SECONDS);
    var unsecured = BitstringList.credential(url, purpose, statuses, from, from.plus(validity));
    return switch (issuer.issue(unsecured.toString().getBytes(StandardCharsets.UTF_8))) {
      case IssueOutcome.Issued issued -> issued.credential().toString();
      case IssueOutcome.Refused refused ->
          throw new IllegalStateException("a list is no credential: " + refused.detail());
    };
  }
}
