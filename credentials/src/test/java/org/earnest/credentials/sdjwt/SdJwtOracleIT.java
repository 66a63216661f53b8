package org.earnest.credentials.sdjwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.earnest.credentials.CredentialFixture.CLOCK;
import static org.earnest.credentials.CredentialFixture.NOW;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.earnest.core.identity.VerificationRelationship;
import org.earnest.credentials.CredentialFixture;
import org.earnest.credentials.HolderBinding;
import org.earnest.credentials.InMemoryChallenges;
import org.earnest.credentials.SdJwtOutcome;
import org.earnest.credentials.SdJwtVerifier;
import org.earnest.credentials.TokenListVerifier;
import org.earnest.credentials.fetch.DocumentSource;
import org.earnest.credentials.jose.JwkKey;
import org.earnest.credentials.key.KeyType;
import org.earnest.credentials.key.LocalSigner;
import org.earnest.credentials.key.VerificationKey;
import org.earnest.credentials.status.TokenStatus;
import org.earnest.testkit.identity.InMemoryDidResolver;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A second implementation, npm's sd-jwt, issues what is verified here, and the reverse. */
class SdJwtOracleIT {
  private static final Path FOLDER = Path.of("target/sd-jwt-oracle").toAbsolutePath();
  private static final String AUDIENCE = "https://verifier.example";
  private static final byte[] ISSUER_SECRET = filled(1);
  private static final byte[] HOLDER_SECRET = filled(2);
  private static final LocalSigner ISSUER = LocalSigner.didKey(KeyType.P256, ISSUER_SECRET);
  private static final LocalSigner HOLDER = LocalSigner.didKey(KeyType.P256, HOLDER_SECRET);

  private static byte[] filled(int value) {
    byte[] secret = new byte[32];
    Arrays.fill(secret, (byte) value);
    return secret;
  }

  @BeforeAll
  static void install() throws Exception {
    Files.createDirectories(FOLDER);
    for (String file : List.of("package.json", "package-lock.json", "oracle.mjs")) {
      try (InputStream source = SdJwtOracleIT.class.getResourceAsStream(file)) {
        Files.copy(source, FOLDER.resolve(file), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    if (Files.notExists(FOLDER.resolve("node_modules"))) {
      Process npm =
          new ProcessBuilder("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
              .directory(FOLDER.toFile())
              .redirectErrorStream(true)
              .redirectOutput(FOLDER.resolve("npm.log").toFile())
              .start();
      boolean ended = npm.waitFor(3, TimeUnit.MINUTES);
      npm.destroyForcibly();
      Assumptions.assumeTrue(
          ended && npm.exitValue() == 0, () -> "npm reaches no registry, see " + FOLDER);
    }
  }

  private static JsonNode ask(ObjectNode question) throws Exception {
    Path input = FOLDER.resolve("question.json");
    Path output = FOLDER.resolve("answer.json");
    Path errors = FOLDER.resolve("errors.log");
    Files.writeString(input, question.toString());
    Process node =
        new ProcessBuilder("node", "oracle.mjs")
            .directory(FOLDER.toFile())
            .redirectInput(input.toFile())
            .redirectOutput(output.toFile())
            .redirectError(errors.toFile())
            .start();
    assertThat(node.waitFor(2, TimeUnit.MINUTES)).isTrue();
    assertThat(node.exitValue()).as(Files.readString(errors)).isZero();
    return JsonMapper.shared().readTree(Files.readString(output));
  }

  private static ObjectNode jwk(LocalSigner signer) {
    return JwkKey.of(VerificationKey.parse(signer.publicKeyMultibase()).orElseThrow());
  }

  private static ObjectNode secretJwk(LocalSigner signer, byte[] secret) {
    return jwk(signer).put("d", Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
  }

  private static ObjectNode claims() {
    ObjectNode claims =
        JsonNodeFactory.instance
            .objectNode()
            .put("iss", ISSUER.verificationMethod().did().value())
            .put("vct", "https://credentials.example/agent")
            .put("model", "m-1");
    claims.putArray("standards").add("ISO 26262").add("ISO 9001");
    claims.putObject("address").put("city", "Stuttgart").put("zip", "70173");
    claims.putObject("cnf").set("jwk", jwk(HOLDER));
    return claims;
  }

  @Test
  void whatTheOtherIssuesAndPresentsIsVerifiedHere() throws Exception {
    InMemoryChallenges challenges = new InMemoryChallenges(CLOCK);
    String nonce = challenges.create(Duration.ofMinutes(5));
    ObjectNode question = JsonNodeFactory.instance.objectNode();
    question.set("issuerSecret", secretJwk(ISSUER, ISSUER_SECRET));
    question.set("holderSecret", secretJwk(HOLDER, HOLDER_SECRET));
    question.put("kid", ISSUER.verificationMethod().toString());
    question.set("claims", claims());
    question.set(
        "frame",
        JsonMapper.shared()
            .readTree(
                """
                {"_sd":["model"],"standards":{"_sd":[0,1]},"address":{"_sd":["city"]},
                 "_sd_decoy":2}
                """));
    question.set(
        "shown", JsonMapper.shared().readTree("{\"model\":true,\"standards\":{\"0\":true}}"));
    question
        .putObject("kb")
        .put("aud", AUDIENCE)
        .put("nonce", nonce)
        .put("iat", NOW.getEpochSecond());
    String presented = ask(question).path("presented").stringValue();
    InMemoryDidResolver resolver =
        new InMemoryDidResolver()
            .with(
                CredentialFixture.document(
                    ISSUER.verificationMethod(),
                    ISSUER.publicKeyMultibase(),
                    VerificationRelationship.ASSERTION_METHOD));
    SdJwtVerifier verifier =
        new SdJwtVerifier(
            resolver,
            CLOCK,
            new TokenStatus(DocumentSource.none(), new TokenListVerifier(resolver), CLOCK),
            challenges);
    SdJwtOutcome outcome =
        verifier.verify(presented, new HolderBinding.Required(new KeyBinding(AUDIENCE, nonce)));
    assertThat(outcome).isInstanceOf(SdJwtOutcome.Verified.class);
    ObjectNode claims = ((SdJwtOutcome.Verified) outcome).credential().claims();
    assertThat(claims.path("model").asString()).isEqualTo("m-1");
    assertThat(claims.path("standards").toString()).isEqualTo("[\"ISO 26262\"]");
    assertThat(claims.path("address").toString()).isEqualTo("{\"zip\":\"70173\"}");
  }

  @Test
  void whatIsIssuedAndPresentedHereIsVerifiedByTheOther() throws Exception {
    SdJwt issued =
        new SdJwtIssuer(ISSUER)
            .issue(
                claims(),
                SdJwtVerifier.TYPE,
                Set.of("/model", "/standards/0", "/standards/1", "/address", "/address/city"),
                2);
    SdJwt shown = issued.disclose(Set.of("/standards/1", "/address/city")::contains);
    String presented = new KeyBinding(AUDIENCE, "n-1").bind(shown, HOLDER, NOW).toString();
    ObjectNode question =
        JsonNodeFactory.instance.objectNode().put("verify", presented).put("nonce", "n-1");
    question.set("issuerKey", jwk(ISSUER));
    JsonNode claims = ask(question).path("claims");
    assertThat(claims.path("standards").toString()).isEqualTo("[\"ISO 9001\"]");
    assertThat(claims.path("address").path("city").asString()).isEqualTo("Stuttgart");
    assertThat(claims.has("model")).isFalse();
  }
}
