package org.earnest.bench.credentials;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.IntStream;
import org.earnest.bench.cpu.CpuTask;
import org.earnest.core.identity.DidResolver;
import org.earnest.credentials.CredentialIssuer;
import org.earnest.credentials.CredentialVerifier;
import org.earnest.credentials.Holder;
import org.earnest.credentials.HolderBinding;
import org.earnest.credentials.InMemoryChallenges;
import org.earnest.credentials.IssueOutcome;
import org.earnest.credentials.SdJwtOutcome;
import org.earnest.credentials.SdJwtVcIssuer;
import org.earnest.credentials.SdJwtVerifier;
import org.earnest.credentials.TokenListVerifier;
import org.earnest.credentials.VerificationOutcome;
import org.earnest.credentials.fetch.DocumentSource;
import org.earnest.credentials.jose.JwtEnvelope;
import org.earnest.credentials.key.KeyType;
import org.earnest.credentials.key.LocalSigner;
import org.earnest.credentials.linked.LinkedData;
import org.earnest.credentials.model.InvalidCredentialException;
import org.earnest.credentials.model.KnownContexts;
import org.earnest.credentials.model.ShippedContext;
import org.earnest.credentials.model.SignableJson;
import org.earnest.credentials.proof.Cryptosuite;
import org.earnest.credentials.proof.Cryptosuites;
import org.earnest.credentials.proof.EcdsaSdCryptosuite;
import org.earnest.credentials.proof.Envelopes;
import org.earnest.credentials.status.TokenStatus;
import org.earnest.did.CompositeDidResolver;
import org.earnest.did.cache.CachingDidResolver;
import org.earnest.did.key.KeyDidMethod;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The library as its README wires it, whose issuers are known by their did:key. */
final class OurCredentials {
  private static final int ISSUERS = 10;
  private static final int CREDENTIALS = 100;
  private static final double JCS_MICROS = 150;
  private static final double RDFC_MICROS = 400;
  private static final double JWT_MICROS = 140;
  private static final KnownContexts CONTEXTS =
      KnownContexts.base().and(ShippedContext.CREDENTIALS_EXAMPLES_V2);

  private final Cryptosuites suites = Cryptosuites.all(new LinkedData(CONTEXTS));
  private final DidResolver resolver =
      new CachingDidResolver(new CompositeDidResolver(List.of(new KeyDidMethod())));
  private final CredentialVerifier verifier =
      CredentialVerifier.builder(resolver, CONTEXTS, InstantSource.system())
          .envelopes(new Envelopes(List.of(JwtEnvelope.CREDENTIAL)))
          .build();
  private final SdJwtVerifier sdJwts =
      new SdJwtVerifier(
          resolver,
          InstantSource.system(),
          new TokenStatus(
              DocumentSource.none(), new TokenListVerifier(resolver), InstantSource.system()),
          new InMemoryChallenges(InstantSource.system()));

  /** What the data model's specification shows as a minimum, without issuer and proof. */
  static ObjectNode unsecured(int number) {
    return (ObjectNode)
        JsonMapper.shared()
            .readTree(
                """
      {"@context": ["https://www.w3.org/ns/credentials/v2",
         "https://www.w3.org/ns/credentials/examples/v2"],
       "id": "urn:uuid:58172aac-d8ba-11ed-83dd-%012d",
       "type": ["VerifiableCredential", "AlumniCredential"],
       "name": "Alumni Credential",
       "description": "A minimum viable example of an Alumni Credential.",
       "validFrom": "2025-01-01T00:00:00Z",
       "credentialSubject": {"id": "did:example:abcdefgh", "alumniOf": "The School of Examples"}}
      """
                    .formatted(number));
  }

  /** The contexts that a peer may need besides the base. */
  static Map<String, String> contexts() {
    return CONTEXTS.documents();
  }

  /** By a Data Integrity suite, each of some issuers' in turn. */
  List<byte[]> issued(String suite, KeyType key, int count) {
    List<CredentialIssuer> issuers =
        IntStream.range(0, ISSUERS).mapToObj(any -> issuer(suite, key)).toList();
    List<byte[]> issued = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      issued.add(issue(issuers.get(i % ISSUERS), bytes(unsecured(i))));
    }
    return issued;
  }

  CpuTask issuing(String suite, KeyType key) {
    CredentialIssuer issuer = issuer(suite, key);
    List<byte[]> unsecured =
        IntStream.range(0, CREDENTIALS).mapToObj(i -> bytes(unsecured(i))).toList();
    return task(
        named(suite, key) + " issue",
        OptionalDouble.empty(),
        unsecured,
        credential -> issue(issuer, credential));
  }

  CpuTask verifying(String suite, KeyType key) {
    OptionalDouble target =
        switch (suite) {
          case "eddsa-jcs-2022" -> OptionalDouble.of(JCS_MICROS);
          case "eddsa-rdfc-2022" -> OptionalDouble.of(RDFC_MICROS);
          default -> OptionalDouble.empty();
        };
    return task(
        named(suite, key) + " verify",
        target,
        issued(suite, key, CREDENTIALS),
        this::requireVerified);
  }

  /** The curve is said where it is not the one that the suite is known for. */
  private static String named(String suite, KeyType key) {
    return key == KeyType.P384 ? suite + " P-384" : suite;
  }

  /** What the issuer signs for the holder, what he shows of it, and what that is judged by. */
  List<CpuTask> selective() {
    String suite = EcdsaSdCryptosuite.NAME;
    Cryptosuite named = suites.named(suite).orElseThrow();
    Holder holder =
        new Holder(LocalSigner.randomDidKey(KeyType.P256), named, CONTEXTS, InstantSource.system());
    List<byte[]> base = issued(suite, KeyType.P256, CREDENTIALS);
    List<byte[]> shown = base.stream().map(each -> derived(holder, each)).toList();
    return List.of(
        issuing(suite, KeyType.P256),
        task(suite + " derive", OptionalDouble.empty(), base, each -> derived(holder, each)),
        task(suite + " verify", OptionalDouble.empty(), shown, this::requireVerified));
  }

  List<CpuTask> jwts(KeyType key) {
    LocalSigner signer = LocalSigner.randomDidKey(key);
    CredentialIssuer issuer = new CredentialIssuer(signer, CONTEXTS, InstantSource.system());
    List<byte[]> unsecured =
        IntStream.range(0, CREDENTIALS).mapToObj(i -> bytes(unsecured(i))).toList();
    List<byte[]> sealed = unsecured.stream().map(each -> made(issuer.issueJwt(each))).toList();
    String name = "vc+jwt " + signer.jwsAlgorithm();
    OptionalDouble target =
        key == KeyType.ED25519 ? OptionalDouble.of(JWT_MICROS) : OptionalDouble.empty();
    return List.of(
        task(
            name + " issue",
            OptionalDouble.empty(),
            unsecured,
            each -> made(issuer.issueJwt(each))),
        task(name + " verify", target, sealed, this::requireVerified));
  }

  List<CpuTask> sdJwts() {
    LocalSigner signer = LocalSigner.randomDidKey(KeyType.ED25519);
    SdJwtVcIssuer issuer = new SdJwtVcIssuer(signer, InstantSource.system());
    List<byte[]> claims =
        IntStream.range(0, CREDENTIALS).mapToObj(i -> bytes(claims(signer, i))).toList();
    List<String> issued = claims.stream().map(each -> hidden(issuer, each)).toList();
    return List.of(
        task("SD-JWT issue", OptionalDouble.empty(), claims, each -> hidden(issuer, each)),
        task("SD-JWT verify", OptionalDouble.empty(), issued, this::requireShown));
  }

  /** How long a batch takes, in nanoseconds. */
  long batch(List<byte[]> credentials, int threads) {
    long begin = System.nanoTime();
    List<VerificationOutcome> outcomes = verifier.verifyAll(credentials, threads);
    long nanos = System.nanoTime() - begin;
    if (!outcomes.stream().allMatch(VerificationOutcome.Verified.class::isInstance)) {
      throw new IllegalStateException("a good credential of the batch is refused");
    }
    return nanos;
  }

  private CredentialIssuer issuer(String suite, KeyType key) {
    Cryptosuite named = suites.named(suite).orElseThrow();
    return new CredentialIssuer(
        LocalSigner.randomDidKey(key), named, CONTEXTS, InstantSource.system());
  }

  private static byte[] derived(Holder holder, byte[] credential) {
    return made(holder.derive(credential, List.of("/credentialSubject/alumniOf")));
  }

  private static byte[] issue(CredentialIssuer issuer, byte[] unsecured) {
    return made(issuer.issue(unsecured));
  }

  private static byte[] made(IssueOutcome outcome) {
    return switch (outcome) {
      case IssueOutcome.Issued issued -> bytes(issued.credential());
      case IssueOutcome.Refused refused -> throw new IllegalStateException(refused.toString());
    };
  }

  private static ObjectNode claims(LocalSigner signer, int number) {
    String did = signer.verificationMethod().did().value();
    return (ObjectNode)
        JsonMapper.shared()
            .readTree(
                """
      {"iss": "%s", "iat": 1735689600, "vct": "https://school.example/alumni",
       "given_name": "Erika", "family_name": "Mustermann", "alumniOf": "The School of Examples",
       "birthdate": "1963-08-12", "number": %d}
      """
                    .formatted(did, number));
  }

  private static String hidden(SdJwtVcIssuer issuer, byte[] claims) {
    try {
      return issuer
          .issue(SignableJson.read(claims), Set.of("/given_name", "/family_name", "/birthdate"))
          .toString();
    } catch (InvalidCredentialException refused) {
      throw new IllegalStateException("good claims are refused", refused);
    }
  }

  private static byte[] bytes(ObjectNode json) {
    return json.toString().getBytes(UTF_8);
  }

  private void requireVerified(byte[] credential) {
    if (verifier.verify(credential) instanceof VerificationOutcome.Refused refused) {
      throw new IllegalStateException("a good credential is refused: " + refused);
    }
  }

  private void requireShown(String sdJwt) {
    if (sdJwts.verify(sdJwt, new HolderBinding.NotExpected())
        instanceof SdJwtOutcome.Refused refused) {
      throw new IllegalStateException("a good SD-JWT is refused: " + refused);
    }
  }

  private interface Step<T> {
    void perform(T item);
  }

  private static <T> CpuTask task(String name, OptionalDouble target, List<T> items, Step<T> step) {
    return new CpuTask(
        name,
        target,
        () -> {
          items.forEach(step::perform);
          return items.size();
        });
  }
}
