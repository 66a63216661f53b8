package org.earnest.credentials.edge;

import java.util.Optional;
import java.util.Set;
import org.earnest.credentials.CredentialIssuer;
import org.earnest.credentials.SdJwtVcIssuer;
import org.earnest.credentials.agent.AgentTokenClaims;
import org.earnest.credentials.model.InvalidCredentialException;
import org.earnest.credentials.status.StatusPurpose;
import org.earnest.kit.http.Problem;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Issues SD-JWT VCs: of claims that have a {@code vct}, and of credentials about agents. */
record SdJwtIssuance(Optional<StatusLists> statuses) {
  /** What one entry of a Token Status List says. */
  private static final Set<StatusPurpose> ONE_PLACE =
      Set.of(StatusPurpose.REVOCATION, StatusPurpose.SUSPENSION);

  /**
   * Signs. Of a credential, all that is said of its subject can be kept back; of claims, nothing.
   *
   * @param credential judged by the issuer, unless it is claims
   * @param wanted what would be refused takes no place in a list
   * @return as text
   * @throws InvalidCredentialException where it is not signed
   * @throws org.earnest.kit.http.ProblemException {@code invalid_request}
   */
  StringNode sign(ObjectNode credential, CredentialIssuer issuer, WantedStatuses wanted)
      throws InvalidCredentialException {
    SdJwtVcIssuer signer = issuer.sdJwts();
    boolean claimsAlready = credential.has("vct");
    ObjectNode claims =
        signer.signable(claimsAlready ? credential : AgentTokenClaims.of(credential));
    if (!wanted.purposes().isEmpty()) {
      refer(claims, issuer, wanted);
    }
    Set<String> hidden = claimsAlready ? Set.of() : AgentTokenClaims.disclosable(credential);
    return StringNode.valueOf(signer.issue(claims, hidden).toString());
  }

  private void refer(ObjectNode claims, CredentialIssuer issuer, WantedStatuses wanted) {
    if (!ONE_PLACE.containsAll(wanted.purposes()) || claims.has("status")) {
      throw Problem.invalidRequest(
              "an SD-JWT has one status, whose statusPurposes are revocation and suspension")
          .asException();
    }
    Optional<String> id = wanted.credentialId(claims.path("jti"));
    claims.set("status", statuses.orElseThrow().allocateForToken(issuer.issuer(), id));
  }
}
