package org.earnest.credentials.model;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.earnest.core.identity.Did;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads members of a credential, each as the type that the data model gives it. */
final class Members {
  private Members() {}

  /** One value or an array of them (VC Data Model 2.0 §4); empty where the member is absent. */
  static List<JsonNode> values(ObjectNode object, String name) {
    JsonNode value = object.path(name);
    if (value.isMissingNode()) {
      return List.of();
    }
    List<JsonNode> values = new ArrayList<>();
    if (value.isArray()) {
      value.forEach(values::add);
    } else {
      values.add(value);
    }
    return values;
  }

  static List<String> texts(ObjectNode object, String name) throws InvalidCredentialException {
    List<String> texts = new ArrayList<>();
    for (JsonNode value : values(object, name)) {
      if (!value.isString()) {
        throw invalid(name + " must be text, or an array of texts");
      }
      texts.add(value.stringValue());
    }
    return texts;
  }

  static List<ObjectNode> objects(ObjectNode object, String name)
      throws InvalidCredentialException {
    List<ObjectNode> objects = new ArrayList<>();
    for (JsonNode value : values(object, name)) {
      if (!(value instanceof ObjectNode member) || member.isEmpty()) {
        throw invalid(name + " must be an object with members, or an array of such");
      }
      objects.add(member);
    }
    return objects;
  }

  static Optional<String> url(ObjectNode object, String name) throws InvalidCredentialException {
    JsonNode value = object.path(name);
    if (value.isMissingNode()) {
      return Optional.empty();
    }
    if (!value.isString() || !isUrl(value.stringValue())) {
      throw invalid(name + " must be a URL");
    }
    return Optional.of(value.stringValue());
  }

  static Optional<Instant> dateTimeStamp(ObjectNode object, String name)
      throws InvalidCredentialException {
    JsonNode value = object.path(name);
    if (value.isMissingNode()) {
      return Optional.empty();
    }
    Optional<Instant> instant =
        value.isString() ? DateTimeStamp.parse(value.stringValue()) : Optional.empty();
    if (instant.isEmpty()) {
      throw invalid(name + " must be a date and time with its offset, as 2026-01-31T12:00:00Z");
    }
    return instant;
  }

  /** A DID, or an object whose id is one. */
  static Did did(ObjectNode object, String name) throws InvalidCredentialException {
    JsonNode value = object.path(name);
    JsonNode id = value.isObject() ? value.path("id") : value;
    if (!id.isString()) {
      throw invalid(name + " must be a DID, or an object whose id is one");
    }
    try {
      return new Did(id.stringValue());
    } catch (IllegalArgumentException notADid) {
      throw invalid(name + " must be a DID; other URLs are not resolved");
    }
  }

  /** Requires the objects of a member to say their types. */
  static void requireTyped(ObjectNode object, String name) throws InvalidCredentialException {
    for (ObjectNode member : objects(object, name)) {
      url(member, "id");
      if (texts(member, "type").isEmpty()) {
        throw invalid(name + " must have a type");
      }
    }
  }

  private static boolean isUrl(String text) {
    try {
      return new URI(text).isAbsolute();
    } catch (URISyntaxException notAUrl) {
      return false;
    }
  }

  static InvalidCredentialException invalid(String detail) {
    return new InvalidCredentialException(CredentialRefusal.INVALID_CREDENTIAL, detail);
  }
}
