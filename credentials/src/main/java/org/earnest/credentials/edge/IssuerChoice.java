package org.earnest.credentials.edge;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.earnest.credentials.CredentialIssuer;
import org.earnest.credentials.Issuers;
import org.earnest.credentials.model.InvalidCredentialException;
import org.earnest.credentials.proof.DataIntegrityProof;
import org.earnest.credentials.proof.EcdsaSdCryptosuite;
import org.earnest.credentials.selective.Pointers;
import tools.jackson.databind.JsonNode;

/**
 * By which key and suite a request wants its credential issued: it may name the suite, and the
 * credential may name the issuer, of whom there is one for each did:key.
 */
final class IssuerChoice {
  static final String TYPE = "type";
  static final String CRYPTOSUITE = "cryptosuite";
  private static final String MANDATORY = "mandatoryPointers";
  static final Set<String> OPTIONS = Set.of(TYPE, CRYPTOSUITE, MANDATORY);

  private final Issuers issuers;

  IssuerChoice(List<CredentialIssuer> issuers) {
    this.issuers = new Issuers(issuers);
  }

  /**
   * The issuer for a request.
   *
   * @throws InvalidCredentialException {@code SELECTION_INVALID} where a mandatory pointer is none
   * @throws org.earnest.kit.http.ProblemException {@code invalid_request} or {@code
   *     option_unsupported}
   */
  CredentialIssuer of(VcApiRequest request) throws InvalidCredentialException {
    requireKnownType(request);
    List<CredentialIssuer> bySuite = bySuite(request);
    CredentialIssuer chosen =
        bySuite.stream()
            .filter(issuer -> issuer.issuer().value().equals(named(request)))
            .findFirst()
            .orElse(bySuite.getFirst());
    if (chosen.cryptosuite() instanceof EcdsaSdCryptosuite suite) {
      return chosen.by(suite.mandatory(Pointers.of(request.texts(MANDATORY))));
    }
    return chosen;
  }

  /** That the type of proof, where one is named, is one that is made. */
  static void requireKnownType(VcApiRequest request) {
    boolean otherType =
        request.text(TYPE).filter(type -> !type.equals(DataIntegrityProof.TYPE)).isPresent();
    if (otherType) {
      throw VcApiRequest.unsupported("options.type is " + DataIntegrityProof.TYPE);
    }
  }

  private List<CredentialIssuer> bySuite(VcApiRequest request) {
    boolean selective = request.options().has(MANDATORY);
    Optional<String> suite =
        request
            .text(CRYPTOSUITE)
            .or(() -> selective ? Optional.of(EcdsaSdCryptosuite.NAME) : Optional.empty());
    if (suite.isEmpty()) {
      return issuers.all();
    }
    if (selective && !suite.get().equals(EcdsaSdCryptosuite.NAME)) {
      throw VcApiRequest.unsupported(
          "options." + MANDATORY + " are of " + EcdsaSdCryptosuite.NAME + " alone");
    }
    List<CredentialIssuer> found = issuers.by(suite.get());
    if (found.isEmpty()) {
      throw VcApiRequest.unsupported(
          "options." + CRYPTOSUITE + " is one of " + issuers.cryptosuites());
    }
    return found;
  }

  private static String named(VcApiRequest request) {
    boolean claims = request.credential().has("vct");
    JsonNode issuer = request.credential().path(claims ? "iss" : "issuer");
    return (issuer.isObject() ? issuer.path("id") : issuer).asString("");
  }
}
