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

/** Issues SD-JWT VCs: of claims that have a {@code vct}, and of credentials about agents. */
record SdJwtIssuance(Optional<StatusLists> statuses) {
  /** What one entry of a Token Status List says. */
  private static final Set<StatusPurpose> ONE_PLACE =
      Set.of(StatusPurpose.REVOCATION, StatusPurpose.SUSPENSION);

  /**
   * Signs. Of a credential, all that is said of its subject can be kept back; of claims, nothing.
   *
   * @param credential judged by the issuer, unless it is claims
   * @param purposes of its status; what would be refused takes no place in a list
   * @param credentialId by which the status is changed later; the token's own unless told
   * @throws InvalidCredentialException where it is not signed
   * @throws org.earnest.kit.http.ProblemException {@code invalid_request}
   */
  String sign(
      ObjectNode credential,
      CredentialIssuer issuer,
      Set<StatusPurpose> purposes,
      Optional<String> credentialId)
      throws InvalidCredentialException {
    SdJwtVcIssuer signer = issuer.sdJwts();
    boolean claimsAlready = credential.has("vct");
    ObjectNode claims =
        signer.signable(claimsAlready ? credential : AgentTokenClaims.of(credential));
    if (!purposes.isEmpty()) {
      refer(claims, issuer, purposes, credentialId);
    }
    Set<String> hidden = claimsAlready ? Set.of() : AgentTokenClaims.disclosable(credential);
    return signer.issue(claims, hidden).toString();
  }

  private void refer(
      ObjectNode claims,
      CredentialIssuer issuer,
      Set<StatusPurpose> purposes,
      Optional<String> credentialId) {
    if (!ONE_PLACE.containsAll(purposes) || claims.has("status")) {
      throw Problem.invalidRequest(
              "an SD-JWT has one status, whose statusPurposes are revocation and suspension")
          .asException();
    }
    Optional<String> id =
        credentialId.or(
            () -> Optional.of(claims.path("jti").asString("")).filter(text -> !text.isEmpty()));
    claims.set("status", statuses.orElseThrow().allocateForToken(issuer.issuer(), id));
  }
}
