package org.earnest.credentials;

import java.time.Instant;
import org.earnest.core.identity.Did;
import tools.jackson.databind.node.ObjectNode;

/** An SD-JWT VC that passed every check. Only {@link SdJwtVerifier} makes one. */
public final class VerifiedSdJwt {
  private final Did issuer;
  private final ObjectNode claims;
  private final boolean bound;
  private final Instant verifiedAt;

  VerifiedSdJwt(Did issuer, ObjectNode claims, boolean bound, Instant verifiedAt) {
    this.issuer = issuer;
    this.claims = claims;
    this.bound = bound;
    this.verifiedAt = verifiedAt;
  }

  public Did issuer() {
    return issuer;
  }

  /** What kind of credential it is ({@code vct}). */
  public String type() {
    return claims.path("vct").stringValue();
  }

  /** A copy of what the issuer signed and the holder showed, digests gone. */
  public ObjectNode claims() {
    return claims.deepCopy();
  }

  /** Whether who presented it has shown to hold the key that the issuer named. */
  public boolean bound() {
    return bound;
  }

  /** When the validity times were judged. */
  public Instant verifiedAt() {
    return verifiedAt;
  }

  @Override
  public String toString() {
    return "SD-JWT " + type() + " of " + issuer + ", verified at " + verifiedAt;
  }
}
