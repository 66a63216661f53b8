package org.earnest.did.ethr;

import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.earnest.core.identity.DidDocument;
import org.earnest.core.identity.VerificationMethod;
import org.earnest.core.identity.VerificationRelationship;
import org.earnest.did.key.PublicKeyMultibase;
import tools.jackson.databind.JsonNode;

/**
 * What a document says, however its keys are spelled: keys as bytes, because npm's package spells
 * them in an older way, and accounts in lower case.
 */
final class DocumentSummary {
  private DocumentSummary() {}

  static Map<String, String> of(DidDocument document) {
    Map<String, String> summary = new TreeMap<>();
    for (VerificationMethod method : document.verificationMethods()) {
      summary.put(
          method.id().fragment().orElseThrow(),
          switch (method) {
            case VerificationMethod.Multikey key ->
                HexFormat.of().formatHex(PublicKeyMultibase.parse(key.publicKeyMultibase()).key());
            case VerificationMethod.BlockchainAccount account -> account.account().toString();
            case VerificationMethod.Other other -> other.type();
          });
    }
    for (VerificationRelationship purpose : VerificationRelationship.values()) {
      TreeSet<String> ids =
          document.relationships().getOrDefault(purpose, Set.of()).stream()
              .map(id -> id.fragment().orElseThrow())
              .collect(Collectors.toCollection(TreeSet::new));
      if (!ids.isEmpty()) {
        summary.put(purpose.property(), ids.toString());
      }
    }
    document
        .services()
        .forEach(
            service -> summary.put(service.id(), service.type() + " " + service.serviceEndpoint()));
    return summary;
  }

  static Map<String, String> of(JsonNode document) {
    Map<String, String> summary = new TreeMap<>();
    for (JsonNode method : document.path("verificationMethod")) {
      String key =
          method.has("blockchainAccountId")
              ? method.path("blockchainAccountId").stringValue().toLowerCase(Locale.ROOT)
              : method.path("publicKeyHex").asString("").toLowerCase(Locale.ROOT);
      summary.put(fragment(method.path("id").stringValue()), key);
    }
    for (VerificationRelationship purpose : VerificationRelationship.values()) {
      TreeSet<String> ids = new TreeSet<>();
      document.path(purpose.property()).forEach(id -> ids.add(fragment(id.stringValue())));
      if (!ids.isEmpty()) {
        summary.put(purpose.property(), ids.toString());
      }
    }
    document
        .path("service")
        .forEach(
            service ->
                summary.put(
                    service.path("id").stringValue(),
                    service.path("type").stringValue()
                        + " "
                        + service.path("serviceEndpoint").stringValue()));
    return summary;
  }

  private static String fragment(String id) {
    return id.substring(id.indexOf('#') + 1);
  }
}
