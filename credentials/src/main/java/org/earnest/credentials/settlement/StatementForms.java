package org.earnest.credentials.settlement;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.earnest.core.credential.StatementForm;
import org.earnest.core.credential.StatementOutcome;
import org.earnest.credentials.CredentialIssuer;
import org.earnest.credentials.IssueFormat;
import org.earnest.credentials.IssueOutcome;
import org.earnest.credentials.Issuers;
import org.earnest.credentials.SdJwtVerifier;
import org.earnest.credentials.agent.AgentTokenClaims;
import org.earnest.credentials.model.CredentialRefusal;
import org.earnest.credentials.model.InvalidCredentialException;
import org.earnest.credentials.model.SignableJson;
import org.earnest.credentials.proof.EcdsaSdCryptosuite;
import org.earnest.credentials.sdjwt.SdJwt;
import org.earnest.credentials.selective.Pointers;
import org.earnest.credentials.selective.Signature;
import tools.jackson.databind.node.ObjectNode;

/** Secures statements in the form that was asked for. Safe for use by many threads. */
final class StatementForms {
  /**
   * Statements that are made by {@code ecdsa-sd-2023} at once: anybody may ask for them, and each
   * takes a signature for each thing that its holder may leave out, up to {@link
   * Signature#MAX_SIGNATURES} of them.
   */
  static final int SELECTIVE_AT_ONCE = 2;

  /** The media type of a credential (VC Data Model 2.0 §6.1). */
  private static final String CREDENTIAL = "application/vc";

  /** The media type of an SD-JWT VC (§3.1). */
  private static final String SD_JWT = "application/" + SdJwtVerifier.TYPE;

  private static final String SUBJECT = "/credentialSubject/";

  /** A form that holds less than what is to be said; anything else is wrong with the statement. */
  private static final Set<CredentialRefusal> TOO_LARGE =
      EnumSet.of(
          CredentialRefusal.TOO_COMPLEX,
          CredentialRefusal.MALFORMED_JSON,
          CredentialRefusal.DISCLOSURE_INVALID);

  private final Issuers issuers;
  private final Semaphore selective = new Semaphore(SELECTIVE_AT_ONCE);

  StatementForms(Issuers issuers) {
    this.issuers = issuers;
  }

  /**
   * What a statement says, unsecured.
   *
   * @param alwaysShown members of the subject that no holder leaves out
   * @param sets members of the subject that are shown item by item, each with the number of items
   *     that it could have
   */
  record Unsecured(ObjectNode json, Set<String> alwaysShown, Map<String, Integer> sets) {}

  StatementOutcome secured(Unsecured statement, StatementForm form) {
    Optional<IssueFormat> format = IssueFormat.named(form.format());
    if (format.isEmpty()) {
      return new StatementOutcome.Unsupported(
          "format is one of " + IssueFormat.labels() + "; a plus is %2B in a query");
    }
    if (form.format().isPresent() && form.cryptosuite().isPresent()) {
      return new StatementOutcome.Unsupported("format is for JWTs, which have no cryptosuite");
    }
    Optional<CredentialIssuer> issuer =
        form.cryptosuite()
            .map(suite -> issuers.by(suite).stream().findFirst())
            .orElseGet(() -> Optional.of(issuers.first()));
    if (issuer.isEmpty()) {
      return new StatementOutcome.Unsupported("cryptosuite is one of " + issuers.cryptosuites());
    }
    return issuer.get().cryptosuite() instanceof EcdsaSdCryptosuite
        ? inTurn(statement, issuer.get(), format.get())
        : by(statement, issuer.get(), format.get());
  }

  private StatementOutcome inTurn(
      Unsecured statement, CredentialIssuer issuer, IssueFormat format) {
    if (!selective.tryAcquire()) {
      return new StatementOutcome.Busy(
          "%d statements of which a part can be shown are made at once. Ask again, or take another form."
              .formatted(SELECTIVE_AT_ONCE));
    }
    try {
      return by(statement, issuer, format);
    } finally {
      selective.release();
    }
  }

  private static StatementOutcome by(
      Unsecured statement, CredentialIssuer issuer, IssueFormat format) {
    try {
      return format == IssueFormat.SD_JWT
          ? new StatementOutcome.Issued(sdJwt(statement, issuer), SD_JWT)
          : new StatementOutcome.Issued(json(statement, issuer, format), CREDENTIAL);
    } catch (InvalidCredentialException refused) {
      if (TOO_LARGE.contains(refused.refusal())) {
        return new StatementOutcome.TooLarge(refused.detail());
      }
      throw new IllegalStateException("a statement is no credential", refused);
    }
  }

  private static String json(Unsecured statement, CredentialIssuer issuer, IssueFormat format)
      throws InvalidCredentialException {
    byte[] bytes = statement.json().toString().getBytes(UTF_8);
    IssueOutcome outcome =
        format == IssueFormat.VC_JWT
            ? issuer.issueJwt(bytes)
            : selective(statement, issuer).issue(bytes);
    return switch (outcome) {
      case IssueOutcome.Issued issued -> SignableJson.write(issued.credential());
      case IssueOutcome.Refused(CredentialRefusal refusal, String detail) ->
          throw new InvalidCredentialException(refusal, detail);
    };
  }

  /** By {@code ecdsa-sd-2023}, with what is always shown; by another suite all of it is. */
  private static CredentialIssuer selective(Unsecured statement, CredentialIssuer issuer)
      throws InvalidCredentialException {
    return issuer.cryptosuite() instanceof EcdsaSdCryptosuite suite
        ? issuer.by(
            suite.mandatory(
                Pointers.of(statement.alwaysShown().stream().map(SUBJECT::concat).toList())))
        : issuer;
  }

  private static String sdJwt(Unsecured statement, CredentialIssuer issuer)
      throws InvalidCredentialException {
    ObjectNode claims = AgentTokenClaims.of(statement.json());
    Set<String> hidden = new TreeSet<>(AgentTokenClaims.disclosable(statement.json()));
    statement.alwaysShown().forEach(name -> hidden.remove("/" + name));
    for (String set : statement.sets().keySet()) {
      hidden.remove("/" + set);
      IntStream.range(0, claims.path(set).size())
          .forEach(place -> hidden.add("/" + set + "/" + place));
    }
    Map<String, Integer> filled =
        statement.sets().entrySet().stream()
            .collect(Collectors.toMap(set -> "/" + set.getKey(), Map.Entry::getValue));
    String compact = issuer.sdJwts().issue(claims, hidden, filled).toString();
    // Whoever is shown it reads no more than this.
    return SdJwt.parse(compact).toString();
  }
}
