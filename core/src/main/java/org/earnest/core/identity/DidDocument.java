package org.earnest.core.identity;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A DID document (DID Core §5) as far as Earnest acts on it.
 *
 * @param relationships the methods allowed for each purpose, by id
 */
public record DidDocument(
    Did id,
    Set<String> alsoKnownAs,
    List<VerificationMethod> verificationMethods,
    Map<VerificationRelationship, Set<DidUrl>> relationships,
    List<DidService> services) {
  public DidDocument {
    alsoKnownAs = Set.copyOf(alsoKnownAs);
    verificationMethods = List.copyOf(verificationMethods);
    relationships = Map.copyOf(relationships);
    services = List.copyOf(services);
  }

  /** The method with this id, where the document allows it for this purpose. */
  public Optional<VerificationMethod> method(DidUrl method, VerificationRelationship purpose) {
    return verificationMethods.stream()
        .filter(candidate -> candidate.id().equals(method))
        .filter(candidate -> relationships.getOrDefault(purpose, Set.of()).contains(method))
        .findFirst();
  }
}
