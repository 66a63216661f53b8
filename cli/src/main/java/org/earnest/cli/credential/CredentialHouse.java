package org.earnest.cli.credential;

import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.earnest.cli.client.Answer;
import org.earnest.cli.client.AnswerTooLargeException;
import org.earnest.cli.client.HouseClient;
import org.earnest.core.identity.Did;
import org.earnest.credentials.Expected;
import org.earnest.credentials.model.CredentialRefusal;
import org.earnest.credentials.model.InvalidCredentialException;
import org.earnest.credentials.status.BitstringEntry;
import org.earnest.credentials.status.StatusPurpose;
import org.earnest.kit.process.StartupException;
import org.earnest.kit.submission.OperatorToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.ObjectNode;

/** A house that issues, verifies and revokes (VC API). */
public final class CredentialHouse {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int OK = 200;
  private static final int SUCCESS = 2;
  private static final int CENTURY = 100;

  private final URI address;
  private final Optional<OperatorToken> token;

  /**
   * The house there.
   *
   * @param token sent to this machine or over https alone
   */
  public CredentialHouse(URI address, Optional<OperatorToken> token) {
    this.address = address;
    this.token = token.filter(one -> isPrivate(address));
  }

  /**
   * Has it signed.
   *
   * @param format as {@link CredentialFormat} names it
   * @throws StartupException with the code of the house's problem, or {@code house_unreachable}
   */
  public String issue(
      ObjectNode credential, boolean revocable, boolean suspendable, Optional<String> format) {
    ObjectNode body = JSON.createObjectNode();
    body.set("credential", credential);
    ObjectNode options = JSON.createObjectNode();
    if (revocable || suspendable) {
      var purposes = options.putArray("statusPurposes").add(StatusPurpose.REVOCATION.text());
      if (suspendable) {
        purposes.add(StatusPurpose.SUSPENSION.text());
      }
    }
    format.ifPresent(name -> put(options, name));
    if (!options.isEmpty()) {
      body.set("options", options);
    }
    Answer answer = done(post("/credentials/issue", body));
    JsonNode signed = answer.body().path("verifiableCredential");
    if (signed.isObject() && !signed.isEmpty()) {
      return signed.toPrettyString();
    }
    if (signed.isString() && !signed.stringValue().isEmpty()) {
      return signed.stringValue();
    }
    throw refused(answer);
  }

  private static void put(ObjectNode options, String name) {
    String label = CredentialFormat.of(name).map(CredentialFormat::label).orElse(name);
    options.put(label.contains("+") ? "format" : "cryptosuite", label);
  }

  /**
   * Has it verified.
   *
   * @param trusted issuers; all where empty
   * @throws StartupException likewise; a credential that is refused is a verdict
   */
  public Verdict verify(SecuredText received, Expected expected, Set<Did> trusted) {
    try {
      SecuredText secured = received instanceof SecuredText.Jwt jwt ? jwt.enveloped() : received;
      boolean presentation = secured instanceof SecuredText.Json json && json.isPresentation();
      ObjectNode body = JSON.createObjectNode();
      body.set(presentation ? "verifiablePresentation" : "verifiableCredential", document(secured));
      ObjectNode options = body.putObject("options");
      expected.challenge().ifPresent(text -> options.put("challenge", text));
      expected.domain().ifPresent(text -> options.put("domain", text));
      if (!trusted.isEmpty()) {
        ObjectNode issuers = options.putObject("trustedIssuers");
        trusted.forEach(issuer -> issuers.putObject(issuer.value()));
      }
      Answer answer = post(presentation ? "/presentations/verify" : "/credentials/verify", body);
      return isVerified(answer)
          ? new Verdict(checks(answer), Optional.empty(), shown(secured, answer))
          : refusal(answer);
    } catch (InvalidCredentialException malformed) {
      throw Remedies.refusal(malformed.refusal(), malformed.detail());
    }
  }

  private static Shown shown(SecuredText secured, Answer answer) throws InvalidCredentialException {
    JsonNode holder = answer.body().path("holder");
    return Shown.of(
        secured, holder.isString() ? Optional.of(holder.stringValue()) : Optional.empty());
  }

  private static JsonNode document(SecuredText secured) throws InvalidCredentialException {
    return switch (secured) {
      case SecuredText.Json json -> json.object();
      case SecuredText.Jwt jwt -> jwt.enveloped().object();
      case SecuredText.SelectiveJwt jwt -> JSON.getNodeFactory().stringNode(jwt.compact());
    };
  }

  /** Nothing but a plain yes is one. */
  private static boolean isVerified(Answer answer) {
    return answer.status() == OK
        && answer.body().path("verified").equals(BooleanNode.TRUE)
        && answer.code().isEmpty()
        && checks(answer).stream().allMatch(Verdict.Check::passed);
  }

  private Verdict refusal(Answer answer) {
    if (answer.code().isEmpty() || !answer.body().path("verified").equals(BooleanNode.FALSE)) {
      throw refused(answer);
    }
    String detail = answer.body().path("detail").asString("");
    return new Verdict(
        checks(answer),
        Optional.of(new Verdict.Refusal(answer.code(), detail, remedy(answer.code()))),
        Shown.NOTHING);
  }

  private static List<Verdict.Check> checks(Answer answer) {
    List<Verdict.Check> checks = new ArrayList<>();
    for (JsonNode check : answer.body().path("checks")) {
      checks.add(
          new Verdict.Check(
              check.path("check").asString(""),
              check.path("passed").asBoolean(false),
              check.path("detail").asString("")));
    }
    return checks;
  }

  /**
   * Has the status changed of whatever has this id.
   *
   * @throws StartupException likewise
   */
  public void change(String credential, StatusOrder order) {
    StatusPurpose purpose =
        order == StatusOrder.REVOKE ? StatusPurpose.REVOCATION : StatusPurpose.SUSPENSION;
    ObjectNode body = JSON.createObjectNode().put("credentialId", credential);
    body.putObject("credentialStatus")
        .put("type", BitstringEntry.TYPE)
        .put("statusPurpose", purpose.text());
    body.put("status", order != StatusOrder.REINSTATE);
    Answer answer = done(post("/credentials/status", body));
    if (answer.status() != OK || !answer.body().isObject()) {
      throw refused(answer);
    }
  }

  private Answer post(String path, ObjectNode body) {
    Map<String, String> headers =
        token.map(one -> Map.of("Authorization", one.authorization())).orElse(Map.of());
    return ask(house -> house.post(path, body, headers));
  }

  private Answer ask(Function<HouseClient, Answer> question) {
    try (HouseClient house = new HouseClient(address)) {
      return question.apply(house);
    } catch (UncheckedIOException away) {
      if (away.getCause() instanceof AnswerTooLargeException) {
        throw UnsaidRefusal.tooLarge(address, away);
      }
      throw new StartupException(
          "house_unreachable",
          "no house answers at " + address,
          "Start one with ./earnest dev, or leave --url out: files need no house",
          away);
    }
  }

  private Answer done(Answer answer) {
    if (answer.status() / CENTURY != SUCCESS) {
      throw refused(answer);
    }
    return answer;
  }

  private StartupException refused(Answer answer) {
    String code = answer.code();
    if (code.isEmpty()) {
      return UnsaidRefusal.of(address, answer);
    }
    return new StartupException(code, answer.body().path("detail").asString(""), remedy(code));
  }

  private static String remedy(String code) {
    return switch (code) {
      case "operator_token_required" -> "Name the state directory of that very house with --state";
      case "status_not_found" -> "Look at the id: this house gave no such credential a status";
      case "revocation_is_final" -> "Issue a new credential";
      case "option_unsupported" -> "Leave the option out that the house does not know";
      default ->
          Arrays.stream(CredentialRefusal.values())
              .filter(one -> one.code().equals(code))
              .findFirst()
              .map(Remedies::of)
              .orElse("Run the same command again in a moment");
    };
  }

  private static boolean isPrivate(URI address) {
    return "https".equalsIgnoreCase(address.getScheme()) || isThisMachine(address);
  }

  /** Whether what is sent there stays on this machine. */
  public static boolean isThisMachine(URI address) {
    String host = address.getHost();
    return host.equals("localhost")
        || host.equals("[::1]")
        || host.matches("127(\\.[0-9]{1,3}){3}");
  }
}
