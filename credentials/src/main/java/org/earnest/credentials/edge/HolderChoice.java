package org.earnest.credentials.edge;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.earnest.credentials.CredentialIssuer;
import org.earnest.credentials.Holder;
import org.earnest.credentials.proof.Cryptosuite;
import org.earnest.credentials.proof.EcdsaSdCryptosuite;

/** By which suite a request wants its presentation proved; the holder's own unless it names one. */
final class HolderChoice {
  private final Holder holder;
  private final List<Cryptosuite> suites;

  /**
   * Of the holder's own suite, and those of the same key with which its DID issues; a presentation
   * is shown whole, so that none is secured by a base proof.
   */
  HolderChoice(Holder holder, List<CredentialIssuer> issuers) {
    this.holder = holder;
    this.suites =
        Stream.concat(
                Stream.of(holder.cryptosuite()),
                issuers.stream()
                    .filter(issuer -> issuer.issuer().equals(holder.did()))
                    .map(CredentialIssuer::cryptosuite)
                    .filter(suite -> suite.keyTypes().equals(holder.cryptosuite().keyTypes()))
                    .filter(suite -> !(suite instanceof EcdsaSdCryptosuite)))
            .toList();
  }

  static boolean isMade(VcApiRequest request) {
    return request.options().has(IssuerChoice.TYPE)
        || request.options().has(IssuerChoice.CRYPTOSUITE);
  }

  /**
   * The holder for a request.
   *
   * @throws org.earnest.kit.http.ProblemException {@code invalid_request} or {@code
   *     option_unsupported}
   */
  Holder of(VcApiRequest request) {
    IssuerChoice.requireKnownType(request);
    Optional<String> wanted = request.text(IssuerChoice.CRYPTOSUITE);
    if (wanted.isEmpty()) {
      return holder;
    }
    return suites.stream()
        .filter(suite -> suite.name().equals(wanted.get()))
        .findFirst()
        .map(holder::by)
        .orElseThrow(
            () ->
                VcApiRequest.unsupported(
                    "options."
                        + IssuerChoice.CRYPTOSUITE
                        + " is one of "
                        + suites.stream().map(Cryptosuite::name).distinct().toList()));
  }
}
