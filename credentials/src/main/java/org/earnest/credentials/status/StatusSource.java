package org.earnest.credentials.status;

import java.net.URI;
import org.earnest.credentials.fetch.DocumentSource;
import org.earnest.credentials.model.CredentialRefusal;
import org.earnest.credentials.model.InvalidCredentialException;

/** Gets status lists, or says why there is none. */
final class StatusSource {
  private StatusSource() {}

  /** The list's text; a list that cannot be had is no reason to trust (fail closed). */
  static String fetch(DocumentSource source, URI url, String accept)
      throws InvalidCredentialException {
    return switch (source.get(url, accept)) {
      case DocumentSource.Answer.Received received -> received.body();
      case DocumentSource.Answer.Refused refused -> throw unavailable(refused.detail());
      case DocumentSource.Answer.Unavailable unavailable -> throw unavailable(unavailable.detail());
    };
  }

  private static InvalidCredentialException unavailable(String detail) {
    return new InvalidCredentialException(
        CredentialRefusal.STATUS_UNAVAILABLE, "the status list cannot be had: " + detail);
  }
}
