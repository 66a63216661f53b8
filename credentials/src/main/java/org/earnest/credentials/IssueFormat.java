package org.earnest.credentials;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What a credential is issued as: the option {@code format} of the VC API. */
public enum IssueFormat {
  /** By a cryptosuite, unless a format is named. */
  DATA_INTEGRITY(Optional.empty()),
  /** Answered as an {@code EnvelopedVerifiableCredential}. */
  VC_JWT(Optional.of("vc+jwt")),
  /** SD-JWT VC, answered as text. */
  SD_JWT(Optional.of(SdJwtVerifier.TYPE));

  private final Optional<String> label;

  IssueFormat(Optional<String> label) {
    this.label = label;
  }

  /** The format of this name, or without a name; empty where there is none. */
  public static Optional<IssueFormat> named(Optional<String> label) {
    return Arrays.stream(values()).filter(one -> one.label.equals(label)).findFirst();
  }

  /** The names that there are. */
  public static List<String> labels() {
    return Arrays.stream(values()).flatMap(format -> format.label.stream()).toList();
  }
}
