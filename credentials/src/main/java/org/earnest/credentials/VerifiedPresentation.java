package org.earnest.credentials;

import java.time.Instant;
import java.util.List;
import org.earnest.core.identity.Did;
import org.earnest.credentials.model.Presentation;
import tools.jackson.databind.node.ObjectNode;

/** A presentation that passed every check. Only {@link PresentationVerifier} makes one. */
public final class VerifiedPresentation {
  private final Presentation presentation;
  private final Did holder;
  private final List<VerifiedCredential> credentials;
  private final Instant verifiedAt;

  VerifiedPresentation(
      Presentation presentation,
      Did holder,
      List<VerifiedCredential> credentials,
      Instant verifiedAt) {
    this.presentation = presentation;
    this.holder = holder;
    this.credentials = List.copyOf(credentials);
    this.verifiedAt = verifiedAt;
  }

  /** Whose key made the proof. */
  public Did holder() {
    return holder;
  }

  /** In the order of the presentation. */
  public List<VerifiedCredential> credentials() {
    return credentials;
  }

  /**
   * Whether every credential is about the holder alone, by {@code credentialSubject.id}. Where not,
   * the holder shows what was said of somebody else, or nothing.
   */
  public boolean isAboutHolder() {
    return !credentials.isEmpty() && credentials.stream().allMatch(this::isAboutHolder);
  }

  private boolean isAboutHolder(VerifiedCredential credential) {
    return credential
        .json()
        .path("credentialSubject")
        .path("id")
        .asString("")
        .equals(holder.value());
  }

  /** A copy of the presentation, proof included. */
  public ObjectNode json() {
    return presentation.json();
  }

  /** When the times were judged. */
  public Instant verifiedAt() {
    return verifiedAt;
  }
}
