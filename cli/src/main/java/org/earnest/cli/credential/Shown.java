package org.earnest.cli.credential;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.earnest.core.identity.Did;
import org.earnest.credentials.VerifiedCredential;
import org.earnest.credentials.VerifiedPresentation;
import org.earnest.credentials.VerifiedSdJwt;
import org.earnest.credentials.model.InvalidCredentialException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Who says what kind of thing in what was verified.
 *
 * @param holder of a presentation
 * @param statements one for each credential
 */
public record Shown(Optional<String> holder, List<Statement> statements) {
  static final Shown NOTHING = new Shown(Optional.empty(), List.of());

  public Shown {
    statements = List.copyOf(statements);
  }

  /**
   * A credential.
   *
   * @param types as it writes them, or the {@code vct} of an SD-JWT VC
   */
  public record Statement(String issuer, List<String> types) {
    public Statement {
      types = List.copyOf(types);
    }
  }

  static Shown of(VerifiedCredential credential) {
    return new Shown(Optional.empty(), List.of(statement(credential)));
  }

  static Shown of(VerifiedPresentation presentation) {
    return new Shown(
        Optional.of(presentation.holder().value()),
        presentation.credentials().stream().map(Shown::statement).toList());
  }

  static Shown of(VerifiedSdJwt credential) {
    return new Shown(
        Optional.empty(),
        List.of(new Statement(credential.issuer().value(), List.of(credential.type()))));
  }

  private static Statement statement(VerifiedCredential credential) {
    return new Statement(credential.issuer().value(), credential.types());
  }

  /**
   * What is in a text that somebody else verified.
   *
   * @throws InvalidCredentialException where it is malformed
   */
  static Shown of(SecuredText secured, Optional<String> holder) throws InvalidCredentialException {
    ObjectNode document = SecuredText.document(secured);
    JsonNode within = document.path("verifiableCredential");
    if (!SecuredText.isPresentation(document)) {
      return new Shown(holder, List.of(statement(document)));
    }
    List<Statement> statements = new ArrayList<>();
    for (JsonNode one : within.isArray() ? within : document.arrayNode().add(within)) {
      if (one instanceof ObjectNode credential) {
        statements.add(statement(SecuredText.opened(credential)));
      }
    }
    return new Shown(holder, statements);
  }

  private static Statement statement(ObjectNode document) {
    if (document.has("vct")) {
      return new Statement(
          document.path("iss").asString(""), List.of(document.path("vct").asString("")));
    }
    JsonNode issuer = document.path("issuer");
    JsonNode type = document.path("type");
    return new Statement(
        issuer.isObject() ? issuer.path("id").asString("") : issuer.asString(""),
        type.isArray()
            ? type.valueStream().map(one -> one.asString("")).toList()
            : List.of(type.asString("")));
  }

  boolean isSaidBy(Set<Did> trusted) {
    return !statements.isEmpty()
        && statements.stream()
            .allMatch(one -> trusted.stream().anyMatch(did -> did.value().equals(one.issuer())));
  }
}
