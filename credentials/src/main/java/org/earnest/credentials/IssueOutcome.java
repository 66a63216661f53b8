package org.earnest.credentials;

import org.earnest.credentials.model.CredentialRefusal;
import tools.jackson.databind.node.ObjectNode;

/** What became of a request to issue. */
public sealed interface IssueOutcome {
  /**
   * The credential exists.
   *
   * @param credential with its proof
   */
  record Issued(ObjectNode credential) implements IssueOutcome {}

  /**
   * Nothing was signed.
   *
   * @param detail what is wrong, for a person
   */
  record Refused(CredentialRefusal refusal, String detail) implements IssueOutcome {}
}
