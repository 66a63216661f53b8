package org.earnest.credentials;

import java.util.List;

/**
 * Who issues at a service: one for each key and cryptosuite.
 *
 * @param all the first issues where nobody asks for another
 */
public record Issuers(List<CredentialIssuer> all) {
  public Issuers {
    if (all.isEmpty()) {
      throw new IllegalArgumentException("a service that issues needs an issuer");
    }
    all = List.copyOf(all);
  }

  public CredentialIssuer first() {
    return all.getFirst();
  }

  /** Those by a cryptosuite of this name. */
  public List<CredentialIssuer> by(String cryptosuite) {
    return all.stream().filter(issuer -> issuer.cryptosuite().name().equals(cryptosuite)).toList();
  }

  /** The names of the cryptosuites. */
  public List<String> cryptosuites() {
    return all.stream().map(issuer -> issuer.cryptosuite().name()).distinct().toList();
  }
}
