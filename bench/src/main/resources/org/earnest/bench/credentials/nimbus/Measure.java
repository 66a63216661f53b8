import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.Ed25519Signer;
import com.nimbusds.jose.crypto.Ed25519Verifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.OctetKeyPairGenerator;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Prints what nimbus takes for each credential as a JWT, of this process' CPU and memory. */
final class Measure {
  private static final String PEER = "nimbus";
  private static final String ISSUER = "https://issuer.example";
  private static final Date VALID_FROM = Date.from(Instant.parse("2025-01-01T00:00:00Z"));
  private static final JOSEObjectType TYPE = new JOSEObjectType("vc+jwt");

  /** That the issuer is named, and of the times those that there are. */
  private static final DefaultJWTClaimsVerifier<SecurityContext> CLAIMS =
      new DefaultJWTClaimsVerifier<>(
          new JWTClaimsSet.Builder().issuer(ISSUER).build(), Set.of("nbf"));

  private interface Step<T> {
    void perform(T item) throws Exception;
  }

  /** The header, and who signs and verifies with one key. */
  private record Pair(JWSHeader header, JWSSigner signer, JWSVerifier verifier) {
    static Pair of(String algorithm) throws JOSEException {
      return switch (algorithm) {
        case "EdDSA" -> {
          OctetKeyPair key = new OctetKeyPairGenerator(Curve.Ed25519).generate();
          yield new Pair(
              header(JWSAlgorithm.EdDSA),
              new Ed25519Signer(key),
              new Ed25519Verifier(key.toPublicJWK()));
        }
        case "ES256" -> {
          ECKey key = new ECKeyGenerator(Curve.P_256).generate();
          yield new Pair(
              header(JWSAlgorithm.ES256), new ECDSASigner(key), new ECDSAVerifier(key.toPublicJWK()));
        }
        default -> throw new IllegalArgumentException(algorithm);
      };
    }

    private static JWSHeader header(JWSAlgorithm algorithm) {
      return new JWSHeader.Builder(algorithm)
          .type(TYPE)
          .contentType("vc")
          .keyID(ISSUER + "#key")
          .build();
    }

    String issue(JWTClaimsSet credential) throws JOSEException {
      SignedJWT jwt = new SignedJWT(header, credential);
      jwt.sign(signer);
      return jwt.serialize();
    }

    void verify(String credential) throws Exception {
      SignedJWT jwt = SignedJWT.parse(credential);
      if (!TYPE.equals(jwt.getHeader().getType()) || !jwt.verify(verifier)) {
        throw new IllegalStateException("a good credential is refused");
      }
      CLAIMS.verify(jwt.getJWTClaimsSet(), null);
    }
  }

  public static void main(String[] arguments) throws Exception {
    Map<String, Object> task = JSONObjectUtils.parse(Files.readString(Path.of(arguments[0])));
    long warmUp = Long.parseLong(arguments[1]);
    long round = Long.parseLong(arguments[2]);
    Map<String, Object> figures = new LinkedHashMap<>();
    for (Map<String, Object> asked : JSONObjectUtils.getJSONObjectArray(task, "questions")) {
      figures.put(
          JSONObjectUtils.getString(asked, "question"), Map.of(PEER, answer(asked, warmUp, round)));
    }
    System.out.println(JSONObjectUtils.toJSONString(figures));
  }

  private static Map<String, Object> answer(Map<String, Object> asked, long warmUp, long round)
      throws Exception {
    Pair pair = Pair.of(JSONObjectUtils.getString(asked, "suite"));
    List<JWTClaimsSet> unsecured =
        Stream.of(JSONObjectUtils.getJSONObjectArray(asked, "credentials"))
            .map(Measure::claims)
            .toList();
    if (!JSONObjectUtils.getBoolean(asked, "verify")) {
      during(warmUp, pair::issue, unsecured);
      return during(round, pair::issue, unsecured);
    }
    List<String> issued = new ArrayList<>();
    for (JWTClaimsSet credential : unsecured) {
      issued.add(pair.issue(credential));
    }
    during(warmUp, pair::verify, issued);
    return during(round, pair::verify, issued);
  }

  /** The credential is the payload, beside the claims that nimbus judges. */
  private static JWTClaimsSet claims(Map<String, Object> credential) {
    JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder();
    credential.forEach(claims::claim);
    return claims.claim("issuer", ISSUER).issuer(ISSUER).notBeforeTime(VALID_FROM).build();
  }

  private static <T> Map<String, Object> during(long millis, Step<T> step, List<T> credentials)
      throws Exception {
    var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long bytes = threads.getCurrentThreadAllocatedBytes();
    long cpu = system.getProcessCpuTime();
    long end = System.nanoTime() + millis * 1_000_000;
    long count = 0;
    do {
      for (T credential : credentials) {
        step.perform(credential);
      }
      count += credentials.size();
    } while (System.nanoTime() < end);
    return Map.of(
        "micros", (system.getProcessCpuTime() - cpu) / 1e3 / count,
        "bytes", (double) (threads.getCurrentThreadAllocatedBytes() - bytes) / count);
  }
}
