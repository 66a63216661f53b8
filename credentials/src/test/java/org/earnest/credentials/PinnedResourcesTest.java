package org.earnest.credentials;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.earnest.credentials.CredentialFixture.CLOCK;
import static org.earnest.credentials.CredentialFixture.NOW;
import static org.earnest.credentials.CredentialFixture.bytes;
import static org.earnest.credentials.Refusals.assertRefused;

import java.net.URI;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.function.Consumer;
import org.earnest.credentials.VerificationCheck.Stage;
import org.earnest.credentials.agent.AgentContext;
import org.earnest.credentials.model.CredentialRefusal;
import org.earnest.credentials.model.KnownContexts;
import org.earnest.credentials.model.ShippedContext;
import org.earnest.credentials.schema.JsonSchemaCheck;
import org.earnest.credentials.status.BitstringPublication;
import org.earnest.credentials.status.BitstringStatus;
import org.earnest.credentials.status.ListServer;
import org.earnest.credentials.status.StatusPurpose;
import org.earnest.credentials.status.Statuses;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

/** VC Data Model 2.0 §5.3, through the whole verifier. */
class PinnedResourcesTest {
  private static final String CONTEXT = KnownContexts.CREDENTIALS_V2;
  private static final URI SCHEMA = URI.create("https://schemas.example/agent.json");
  private static final URI LIST = URI.create("https://lists.example/1");
  private static final String SCHEMA_TEXT =
      "{\"$schema\":\"https://json-schema.org/draft/2020-12/schema\",\"type\":\"object\"}";

  private final CredentialFixture fixture = new CredentialFixture();
  private final ListServer server = new ListServer();
  private String list = "";

  @BeforeEach
  void publish() {
    list =
        new BitstringPublication(fixture.issuer())
            .sign(
                LIST,
                StatusPurpose.REVOCATION,
                Statuses.zeros(Statuses.Order.LEFT_FIRST, 1, 131_072),
                NOW.minus(Duration.ofMinutes(1)));
    server.with(SCHEMA, SCHEMA_TEXT).with(LIST, list);
  }

  private VerificationOutcome verify(Consumer<ObjectNode> change) {
    ObjectNode credential = fixture.signed(change, proof -> {});
    return CredentialVerifier.builder(fixture.resolver(), AgentContext.known(), CLOCK)
        .schema(new JsonSchemaCheck(Map.of(), server))
        .status(new BitstringStatus(server, fixture.verifier(), CLOCK))
        .build()
        .verify(bytes(credential));
  }

  private static void pin(ObjectNode json, String id, String sri) {
    json.withArray("relatedResource").addObject().put("id", id).put("digestSRI", sri);
  }

  private static byte[] hash(String algorithm, byte[] content) throws Exception {
    return MessageDigest.getInstance(algorithm).digest(content);
  }

  private static String sha384(byte[] content) throws Exception {
    return "sha384-" + Base64.getEncoder().encodeToString(hash("SHA-384", content));
  }

  private static String multihash(int function, byte[] hash) {
    byte[] bytes = new byte[hash.length + 2];
    bytes[0] = (byte) function;
    bytes[1] = (byte) hash.length;
    System.arraycopy(hash, 0, bytes, 2, hash.length);
    return "u" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static String found(VerificationOutcome outcome) {
    assertThat(outcome).isInstanceOf(VerificationOutcome.Verified.class);
    return outcome.checks().stream()
        .filter(check -> check.stage() == Stage.RESOURCES)
        .map(VerificationCheck::detail)
        .findFirst()
        .orElseThrow();
  }

  private static void assertMismatch(VerificationOutcome outcome, Stage stage) {
    assertRefused(outcome, CredentialRefusal.RESOURCE_MISMATCH, stage);
  }

  private static void schema(ObjectNode json) {
    json.putObject("credentialSchema").put("id", SCHEMA.toString()).put("type", "JsonSchema");
  }

  private static void status(ObjectNode json) {
    json.putObject("credentialStatus")
        .put("type", "BitstringStatusListEntry")
        .put("statusPurpose", "revocation")
        .put("statusListIndex", "7")
        .put("statusListCredential", LIST.toString());
  }

  @Test
  void whatIsReadOnTheWayIsComparedAndTheRestIsNamed() throws Exception {
    byte[] context = ShippedContext.CREDENTIALS_V2.document();
    String contextDigest = sha384(context);
    String schemaDigest = sha384(SCHEMA_TEXT.getBytes(UTF_8));
    String listDigest = sha384(list.getBytes(UTF_8));
    assertThat(found(verify(json -> {}))).isEqualTo("pins no resources");
    assertThat(
            found(
                verify(
                    json -> {
                      schema(json);
                      status(json);
                      pin(json, CONTEXT, contextDigest);
                      pin(json, SCHEMA.toString(), schemaDigest);
                      pin(json, LIST.toString(), listDigest);
                      pin(json, "https://images.example/1.png", contextDigest);
                    })))
        .isEqualTo("3 as pinned, not fetched: https://images.example/1.png");
    assertThat(server.asked).hasValue(2);
  }

  @Test
  void whatIsAnotherIsRefused() throws Exception {
    String another = sha384(new byte[] {7});
    assertMismatch(verify(json -> pin(json, CONTEXT, another)), Stage.SHAPE);
    assertMismatch(
        verify(
            json -> {
              schema(json);
              pin(json, SCHEMA.toString(), another);
            }),
        Stage.SCHEMA);
    assertMismatch(
        verify(
            json -> {
              status(json);
              pin(json, LIST.toString(), another);
            }),
        Stage.STATUS);
  }

  /** A list that is kept is held against the digests of each credential that names it. */
  @Test
  void aKeptListIsComparedAgain() throws Exception {
    BitstringStatus kept = new BitstringStatus(server, fixture.verifier(), CLOCK);
    CredentialVerifier verifier = fixture.verifierBuilder(fixture.resolver()).status(kept).build();
    String another = sha384(new byte[] {7});
    byte[] plain = bytes(fixture.signed(PinnedResourcesTest::status, proof -> {}));
    byte[] pinned =
        bytes(
            fixture.signed(
                json -> {
                  status(json);
                  pin(json, LIST.toString(), another);
                },
                proof -> {}));
    assertThat(verifier.verify(plain)).isInstanceOf(VerificationOutcome.Verified.class);
    assertMismatch(verifier.verify(pinned), Stage.STATUS);
    assertThat(server.asked).hasValue(1);
  }

  @Test
  void anIssuerDoesNotSignAnotherDigestOfAContextThatIsHeld() throws Exception {
    ObjectNode unsecured = CredentialFixture.unsecured();
    pin(unsecured, CONTEXT, sha384(new byte[] {7}));
    assertThat(fixture.issuer().issue(bytes(unsecured)))
        .isInstanceOfSatisfying(
            IssueOutcome.Refused.class,
            refused ->
                assertThat(refused.refusal()).isEqualTo(CredentialRefusal.RESOURCE_MISMATCH));
  }

  /** As the specifications print it, and as W3C's suite pins the context. */
  @Test
  void theBaseContextIsTheOneThatIsPublished() {
    String published = "sha384-l/HrjlBCNWyAX91hr6LFV2Y3heB5Tcr6IeE4/Tje8YyzYBM8IhqjHWiWpr8+ZbYU";
    assertThat(verify(json -> pin(json, CONTEXT, published)))
        .isInstanceOf(VerificationOutcome.Verified.class);
    assertThat(
            verify(json -> pinMultibase(json, "uEiBZlVztZpfWHgPyslVv6-UwirFoQoRvW1htfx963sknNA")))
        .isInstanceOf(VerificationOutcome.Verified.class);
  }

  /** Data Integrity §2.6 wants the multihash's header: a bare hash says not what it is. */
  @Test
  void aDigestWithoutItsFunctionIsRefused() {
    assertRefused(
        verify(json -> pinMultibase(json, "uWZVc7WaX1h4D8rJVb-vlMIqxaEKEb1tYbX8fet7JJzQ")),
        CredentialRefusal.INVALID_CREDENTIAL);
  }

  @ParameterizedTest
  @CsvSource({
    "18, SHA-256",
    "32, SHA-384",
    "19, SHA-512",
    "22, SHA3-256",
    "21, SHA3-384",
    "20, SHA3-512"
  })
  void eachHashIsComparedByItsFunction(int function, String algorithm) throws Exception {
    byte[] hash = hash(algorithm, ShippedContext.CREDENTIALS_V2.document());
    assertThat(verify(json -> pinMultibase(json, multihash(function, hash))))
        .isInstanceOf(VerificationOutcome.Verified.class);
    hash[0] ^= 1;
    assertMismatch(verify(json -> pinMultibase(json, multihash(function, hash))), Stage.SHAPE);
  }

  private static void pinMultibase(ObjectNode json, String... digests) {
    var all = json.withArray("relatedResource").addObject().put("id", CONTEXT);
    var texts = all.putArray("digestMultibase");
    for (String digest : digests) {
      texts.add(digest);
    }
  }

  /** A hash that nobody here can make says nothing for the resource. */
  @Test
  void anUnknownFunctionIsNoMatch() throws Exception {
    byte[] context = ShippedContext.CREDENTIALS_V2.document();
    String unknown = multihash(0x1e, hash("SHA-256", context));
    String known = multihash(0x12, hash("SHA-256", context));
    assertMismatch(verify(json -> pinMultibase(json, unknown)), Stage.SHAPE);
    assertMismatch(verify(json -> pinMultibase(json, known, unknown)), Stage.SHAPE);
    assertThat(verify(json -> pinMultibase(json, known, known)))
        .isInstanceOf(VerificationOutcome.Verified.class);
  }

  /** Subresource Integrity §3.3.3: a weaker hash does not stand in for a stronger one. */
  @Test
  void theStrongestHashDecides() throws Exception {
    byte[] context = ShippedContext.CREDENTIALS_V2.document();
    String weaker = "sha256-" + Base64.getEncoder().encodeToString(hash("SHA-256", context));
    String good = sha384(context);
    String bad = sha384(new byte[] {7});
    assertMismatch(verify(json -> pin(json, CONTEXT, weaker + " " + bad)), Stage.SHAPE);
    assertThat(verify(json -> pin(json, CONTEXT, bad + " " + good)))
        .isInstanceOf(VerificationOutcome.Verified.class);
    assertThat(verify(json -> pin(json, CONTEXT, weaker)))
        .isInstanceOf(VerificationOutcome.Verified.class);
  }
}
