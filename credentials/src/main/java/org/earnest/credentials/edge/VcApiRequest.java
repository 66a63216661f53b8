package org.earnest.credentials.edge;

import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.earnest.credentials.Expected;
import org.earnest.credentials.VerificationCheck;
import org.earnest.credentials.VerificationCheck.Stage;
import org.earnest.credentials.model.InvalidCredentialException;
import org.earnest.credentials.model.SignableJson;
import org.earnest.kit.http.Problem;
import org.earnest.kit.http.ProblemException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A request of the VC API: a credential and options.
 *
 * @param secured the credential or presentation: an object, or text where that is allowed
 */
record VcApiRequest(JsonNode secured, ObjectNode options) {
  private static final String OPTIONS = "options";

  /**
   * Reads a body.
   *
   * @param member the one that holds the credential
   * @param known options that are understood
   * @throws InvalidCredentialException when the body is not strict JSON
   * @throws org.earnest.kit.http.ProblemException {@code invalid_request} or {@code
   *     option_unsupported}
   */
  static VcApiRequest read(byte[] body, String member, Set<String> known)
      throws InvalidCredentialException {
    return read(body, member, known, JsonNode::isObject);
  }

  /** A JWT without disclosures is not one, and is given in an envelope. */
  private static boolean isSdJwt(JsonNode secured) {
    return secured.isString() && secured.stringValue().indexOf('~') >= 0;
  }

  private static VcApiRequest read(
      byte[] body, String member, Set<String> known, Predicate<JsonNode> form)
      throws InvalidCredentialException {
    ObjectNode json = SignableJson.read(body);
    JsonNode secured = json.path(member);
    if (!form.test(secured)) {
      throw Problem.invalidRequest(
              "the body must be an object whose " + member + " is an object of that kind")
          .asException();
    }
    return new VcApiRequest(secured, options(json.path(OPTIONS), known));
  }

  /**
   * Reads a request to verify, whose member may be text; one that is not strict JSON is answered
   * here, as a failed check.
   *
   * @throws org.earnest.kit.http.ProblemException as {@link #read}
   */
  static Optional<VcApiRequest> toVerify(Context context, String member, Set<String> known) {
    try {
      return Optional.of(
          read(context.bodyAsBytes(), member, known, one -> one.isObject() || isSdJwt(one)));
    } catch (InvalidCredentialException malformed) {
      List<VerificationCheck> checks =
          List.of(new VerificationCheck(Stage.JSON, false, malformed.detail()));
      RefusedVerification.send(context, malformed.refusal(), malformed.detail(), checks);
      return Optional.empty();
    }
  }

  private static ObjectNode options(JsonNode options, Set<String> known) {
    if (options.isMissingNode()) {
      return tools.jackson.databind.node.JsonNodeFactory.instance.objectNode();
    }
    if (!(options instanceof ObjectNode object)) {
      throw Problem.invalidRequest("options must be an object").asException();
    }
    if (!known.containsAll(object.propertyNames())) {
      throw unsupported("supported options: " + (known.isEmpty() ? "none" : known));
    }
    return object;
  }

  /** An option is a demand; one that is not met must not look met. */
  static ProblemException unsupported(String detail) {
    return Problem.of(400, "option_unsupported", "An option is not supported", detail)
        .asException();
  }

  /** What the caller expects of the proof, or wants in it. */
  Expected expected() {
    return new Expected(text("challenge"), text("domain"));
  }

  /** The option's text; empty where it is absent. */
  Optional<String> text(String option) {
    JsonNode value = options.path(option);
    if (value.isMissingNode()) {
      return Optional.empty();
    }
    if (!value.isString() || value.stringValue().isEmpty()) {
      throw Problem.invalidRequest("options." + option + " must be text").asException();
    }
    return Optional.of(value.stringValue());
  }

  /** The option's texts; empty where it is absent. */
  List<String> texts(String option) {
    JsonNode value = options.path(option);
    boolean texts = value.isArray() && value.valueStream().allMatch(JsonNode::isString);
    if (!texts && !value.isMissingNode()) {
      throw Problem.invalidRequest("options." + option + " must be an array of texts")
          .asException();
    }
    return value.valueStream().map(JsonNode::stringValue).toList();
  }

  /**
   * The object.
   *
   * @throws org.earnest.kit.http.ProblemException {@code invalid_request} where it is text
   */
  ObjectNode credential() {
    if (secured instanceof ObjectNode object) {
      return object;
    }
    throw Problem.invalidRequest("text is an SD-JWT, which is verified alone").asException();
  }

  byte[] credentialBytes() {
    return SignableJson.write(credential()).getBytes(StandardCharsets.UTF_8);
  }
}
