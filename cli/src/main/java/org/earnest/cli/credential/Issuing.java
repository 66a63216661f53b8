package org.earnest.cli.credential;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.earnest.core.identity.DidSigner;
import org.earnest.credentials.CredentialIssuer;
import org.earnest.credentials.Holder;
import org.earnest.credentials.IssueOutcome;
import org.earnest.credentials.SdJwtVcIssuer;
import org.earnest.credentials.agent.AgentContext;
import org.earnest.credentials.agent.AgentTokenClaims;
import org.earnest.credentials.linked.LinkedData;
import org.earnest.credentials.model.InvalidCredentialException;
import org.earnest.credentials.model.KnownContexts;
import org.earnest.credentials.model.SignableJson;
import org.earnest.credentials.payment.PaymentContext;
import org.earnest.credentials.proof.Cryptosuite;
import org.earnest.credentials.proof.Cryptosuites;
import org.earnest.credentials.proof.EcdsaSdCryptosuite;
import org.earnest.credentials.selective.Pointers;
import org.earnest.credentials.status.BitstringEntry;
import org.earnest.kit.process.StartupException;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Signs by one key in one format. */
public final class Issuing {
  /** What the credentials' contexts may be; inline ones too, as the specification allows. */
  public static final KnownContexts CONTEXTS =
      KnownContexts.shipped().and(AgentContext.known()).and(PaymentContext.known()).andInline();

  private final DidSigner signer;
  private final CredentialFormat format;
  private final InstantSource clock;

  /**
   * By this key.
   *
   * @throws StartupException {@code format_not_of_key}
   */
  public Issuing(DidSigner signer, CredentialFormat format, InstantSource clock) {
    if (!format.allows(signer.jwsAlgorithm())) {
      throw new StartupException(
          "format_not_of_key",
          "%s is not signed by a key for %s".formatted(format.label(), signer.jwsAlgorithm()),
          "Take another --format, such as "
              + CredentialFormat.usualOf(signer.jwsAlgorithm()).label()
              + ", or another key");
    }
    this.signer = signer;
    this.format = format;
    this.clock = clock;
  }

  /** Which lists a credential of this format has its status in. */
  public Set<ListKind> lists(boolean suspendable) {
    if (format == CredentialFormat.SD_JWT) {
      return Set.of(ListKind.TOKEN);
    }
    return suspendable
        ? Set.of(ListKind.REVOCATION, ListKind.SUSPENSION)
        : Set.of(ListKind.REVOCATION);
  }

  /**
   * Whether it could be signed; the key is not used.
   *
   * @throws StartupException with a refusal's code
   */
  public void require(ObjectNode credential) {
    try {
      if (format == CredentialFormat.SD_JWT) {
        new SdJwtVcIssuer(signer, clock).signable(claims(credential));
      } else {
        issuer().signable(SignableJson.write(credential).getBytes(UTF_8));
      }
    } catch (InvalidCredentialException refused) {
      throw Remedies.refusal(refused.refusal(), refused.detail());
    }
  }

  /**
   * Signs.
   *
   * @param credential of the VC Data Model, or an SD-JWT's claims with a {@code vct}
   * @param mandatory what the holder of an {@code ecdsa-sd-2023} proof always shows; nothing else
   *     has any
   * @return as it is written into a file
   * @throws StartupException with a refusal's code
   */
  public String sign(ObjectNode credential, List<StatusFolder.Place> places, Pointers mandatory) {
    try {
      if (format == CredentialFormat.SD_JWT) {
        ObjectNode claims = claims(credential);
        places.forEach(place -> reference(claims, place));
        return new SdJwtVcIssuer(signer, clock).issue(claims, hideable(credential)).toString();
      }
      ObjectNode whole = credential.deepCopy();
      entries(whole, places);
      return signed(whole, mandatory);
    } catch (InvalidCredentialException refused) {
      throw Remedies.refusal(refused.refusal(), refused.detail());
    }
  }

  private String signed(ObjectNode whole, Pointers mandatory) {
    byte[] bytes = SignableJson.write(whole).getBytes(UTF_8);
    IssueOutcome outcome =
        format == CredentialFormat.VC_JWT
            ? issuer().issueJwt(bytes)
            : issuer().by(suite(mandatory)).issue(bytes);
    return switch (outcome) {
      case IssueOutcome.Refused refused ->
          throw Remedies.refusal(refused.refusal(), refused.detail());
      case IssueOutcome.Issued issued ->
          format == CredentialFormat.VC_JWT
              ? SecuredText.enveloped(issued.credential())
              : issued.credential().toPrettyString();
    };
  }

  private static ObjectNode claims(ObjectNode credential) throws InvalidCredentialException {
    return credential.has("vct") ? credential.deepCopy() : AgentTokenClaims.of(credential);
  }

  private static Set<String> hideable(ObjectNode credential) {
    return credential.has("vct") ? Set.of() : AgentTokenClaims.disclosable(credential);
  }

  private static void reference(ObjectNode claims, StatusFolder.Place place) {
    claims
        .putObject("status")
        .putObject("status_list")
        .put("idx", place.index())
        .put("uri", place.list().toString());
  }

  private static void entries(ObjectNode whole, List<StatusFolder.Place> places) {
    ArrayNode entries = whole.arrayNode();
    for (StatusFolder.Place place : places) {
      entries.add(new BitstringEntry(place.kind().purpose(), place.index(), place.list()).json());
    }
    if (!entries.isEmpty()) {
      whole.set("credentialStatus", entries.size() == 1 ? entries.get(0) : entries);
    }
  }

  /** Of bitstring status lists, by the key's usual suite: whoever reads one sees all of it. */
  public CredentialIssuer issuer() {
    return new CredentialIssuer(signer, usual(), CONTEXTS, clock);
  }

  /** Presents credentials of whatever format. */
  public Holder holder() {
    return new Holder(signer, usual(), CONTEXTS, clock);
  }

  private Cryptosuite usual() {
    return suite(CredentialFormat.usualOf(signer.jwsAlgorithm()));
  }

  private Cryptosuite suite(Pointers mandatory) {
    return suite(format) instanceof EcdsaSdCryptosuite selective
        ? selective.mandatory(mandatory)
        : suite(format);
  }

  private static Cryptosuite suite(CredentialFormat format) {
    return Cryptosuites.all(new LinkedData(CONTEXTS)).named(format.label()).orElseThrow();
  }
}
