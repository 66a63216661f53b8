package org.earnest.credentials.edge;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.earnest.credentials.SdJwtVerifier;

/** How a request wants its credential secured: the option {@code format}. */
enum IssueFormat {
  /** By a cryptosuite, unless a format is named. */
  DATA_INTEGRITY(Optional.empty()),
  /** Answered as an {@code EnvelopedVerifiableCredential}. */
  VC_JWT(Optional.of("vc+jwt")),
  /** SD-JWT VC, answered as text. */
  SD_JWT(Optional.of(SdJwtVerifier.TYPE));

  static final String OPTION = "format";

  private final Optional<String> label;

  IssueFormat(Optional<String> label) {
    this.label = label;
  }

  /**
   * What a request asks for.
   *
   * @throws org.earnest.kit.http.ProblemException {@code invalid_request} or {@code
   *     option_unsupported}
   */
  static IssueFormat of(VcApiRequest request) {
    Optional<String> wanted = request.text(OPTION);
    IssueFormat format =
        Arrays.stream(values())
            .filter(one -> one.label.equals(wanted))
            .findFirst()
            .orElseThrow(() -> VcApiRequest.unsupported("options.format is one of " + labels()));
    boolean byProof =
        IssuerChoice.OPTIONS.stream().anyMatch(option -> request.options().has(option));
    if (format != DATA_INTEGRITY && byProof) {
      throw VcApiRequest.unsupported(
          "options.format is for JWTs, which have no " + IssuerChoice.OPTIONS);
    }
    return format;
  }

  private static List<String> labels() {
    return Arrays.stream(values()).flatMap(format -> format.label.stream()).toList();
  }
}
