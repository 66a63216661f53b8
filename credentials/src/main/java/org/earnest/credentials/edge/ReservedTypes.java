package org.earnest.credentials.edge;

import java.util.List;
import java.util.Set;
import org.earnest.credentials.payment.ReceiptIssuer;
import org.earnest.credentials.settlement.StatementIssuer;
import org.earnest.credentials.status.BitstringPublication;
import org.earnest.kit.http.Problem;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Types that the issuer's key gives to what the house found out by itself. A caller who could have
 * them signed could put any settlement, standing or status into the issuer's mouth.
 */
final class ReservedTypes {
  private static final Set<String> NAMES =
      Set.of(
          StatementIssuer.RECEIPT,
          StatementIssuer.REPUTATION,
          ReceiptIssuer.TYPE,
          BitstringPublication.TYPE);

  private ReservedTypes() {}

  /**
   * Refuses a credential of such a type, by its name or its URL as it is written.
   *
   * @throws org.earnest.kit.http.ProblemException 403 {@code type_reserved}
   */
  static void requireNone(ObjectNode credential) {
    for (String member : List.of("type", "@type", "vct")) {
      JsonNode types = credential.path(member);
      for (JsonNode type : types.isArray() ? types : List.of(types)) {
        requireOther(type.asString(""));
      }
    }
  }

  /**
   * Refuses a credential that is of such a type by whatever its contexts define.
   *
   * @param types absolute names
   * @throws org.earnest.kit.http.ProblemException 403 {@code type_reserved}
   */
  static void requireNone(Set<String> types) {
    types.forEach(ReservedTypes::requireOther);
  }

  private static void requireOther(String type) {
    String name = name(type);
    if (NAMES.contains(name)) {
      throw Problem.of(
              403,
              "type_reserved",
              "Credentials of this type are not signed on request",
              "The issuer alone says that, from what it has seen: " + name)
          .asException();
    }
  }

  /** A URL's last name. */
  private static String name(String type) {
    int last = Math.max(type.lastIndexOf('#'), type.lastIndexOf('/'));
    return type.substring(1 + Math.max(last, type.lastIndexOf(':')));
  }
}
