package org.earnest.credentials.custody;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.earnest.bindings.signer.SignerHttp;
import org.earnest.core.chain.SignerUnavailableException;
import org.earnest.credentials.key.KeyType;
import org.earnest.credentials.key.VerificationKey;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Keys in a remote signer that speaks the API of HashiCorp Vault's transit engine, as OpenBao does
 * too. Reading and signing are tried again once, as doing them twice does no harm; making a key is
 * not. Only the first version of a key is used: its id is its public half.
 */
public final class TransitKeys implements KeyCustody {
  /** From the call to the last byte. */
  public static final Duration TIMEOUT = Duration.ofSeconds(5);

  static final int MAX_ANSWER_BYTES = 64 << 10;

  private static final int OK = 200;
  private static final int NO_CONTENT = 204;
  private static final int NOT_FOUND = 404;
  private static final int BROKEN = 500;
  private static final String VERSION = "1";
  private static final String SIGNATURE = "vault:v" + VERSION + ":";
  private static final Set<String> OWN_MACHINE = Set.of("127.0.0.1", "[::1]", "localhost");
  private static final JsonMapper JSON = JsonMapper.shared();

  private final SignerHttp http;

  private TransitKeys(SignerHttp http) {
    this.http = http;
  }

  /**
   * The keys of an engine. Nothing is asked yet.
   *
   * @param engine where it is mounted: {@code https://vault.example:8200/v1/transit}
   * @param token a file with the token in its first line, for its owner alone; read at each call,
   *     so that an agent may renew it
   * @throws IllegalArgumentException for another URL than one of https, or of this machine by http
   */
  public static TransitKeys at(URI engine, Path token) {
    return at(engine, token, TIMEOUT);
  }

  static TransitKeys at(URI engine, Path token, Duration timeout) {
    if (!"https".equals(engine.getScheme())
        && !OWN_MACHINE.contains(String.valueOf(engine.getHost()))) {
      throw new IllegalArgumentException("a token is sent by https alone");
    }
    TokenFile file = new TokenFile(token);
    return new TransitKeys(
        new SignerHttp(engine, timeout, () -> Map.of("X-Vault-Token", file.token())));
  }

  @Override
  public Set<KeyType> types() {
    return Set.of(KeyType.values());
  }

  @Override
  public KeyOutcome<HeldKey> create(String name, KeyType type) {
    if (read(name).isPresent()) {
      return new KeyOutcome.Refused<>(KeyRefusal.NAME_TAKEN);
    }
    post("/keys/" + name, Map.of("type", typeName(type), "exportable", false));
    return open(name);
  }

  @Override
  public KeyOutcome<HeldKey> open(String name) {
    Optional<JsonNode> found = read(name);
    if (found.isEmpty()) {
      return new KeyOutcome.Refused<>(KeyRefusal.MISSING);
    }
    return TransitPublicKey.read(found.get(), VERSION)
        .<KeyOutcome<HeldKey>>map(
            key -> new KeyOutcome.Done<>(new CheckedKey(key, message -> sign(name, key, message))))
        .orElseGet(() -> new KeyOutcome.Refused<>(KeyRefusal.MALFORMED));
  }

  /** What is said of a key; empty where there is none. */
  private Optional<JsonNode> read(String name) {
    String path = "/keys/" + KeyNames.required(name);
    SignerHttp.Answer answer = again("GET", path, Optional.empty());
    return isMissing(answer) ? Optional.empty() : Optional.of(data(answer));
  }

  /** Of a missing key the engine has nothing to say; where no engine is, the server says so. */
  private static boolean isMissing(SignerHttp.Answer answer) {
    if (answer.status() != NOT_FOUND) {
      return false;
    }
    try {
      JsonNode errors = JSON.readTree(answer.body()).path("errors");
      return errors.isArray() && errors.isEmpty();
    } catch (JacksonException notTheEngine) {
      return false;
    }
  }

  private byte[] sign(String name, VerificationKey key, byte[] message) {
    Map<String, Object> asked =
        Map.of(
            "input",
            Base64.getEncoder().encodeToString(message),
            "key_version",
            1,
            "hash_algorithm",
            key.type() == KeyType.P384 ? "sha2-384" : "sha2-256",
            "marshaling_algorithm",
            "jws");
    byte[] body = JSON.writeValueAsBytes(asked);
    String answered =
        data(again("POST", "/sign/" + name, Optional.of(body))).path("signature").asString("");
    try {
      if (answered.startsWith(SIGNATURE)) {
        return Base64.getUrlDecoder().decode(answered.substring(SIGNATURE.length()));
      }
    } catch (IllegalArgumentException malformed) {
      // Answered below, as another text is.
    }
    throw http.unavailable("it answered something that is no signature");
  }

  @Override
  public void destroy(String name) {
    if (read(name).isPresent()) {
      post("/keys/" + name + "/config", Map.of("deletion_allowed", true));
      required(http.call("DELETE", "/keys/" + name, Optional.empty(), MAX_ANSWER_BYTES));
    }
  }

  private void post(String path, Map<String, Object> json) {
    byte[] body = JSON.writeValueAsBytes(json);
    required(http.call("POST", path, Optional.of(body), MAX_ANSWER_BYTES));
  }

  /** What may be done twice, after a failure that may pass by itself. */
  private SignerHttp.Answer again(String method, String path, Optional<byte[]> json) {
    try {
      SignerHttp.Answer first = http.call(method, path, json, MAX_ANSWER_BYTES);
      if (first.status() < BROKEN) {
        return first;
      }
    } catch (SignerUnavailableException once) {
      // The second answer counts.
    }
    return http.call(method, path, json, MAX_ANSWER_BYTES);
  }

  private SignerHttp.Answer required(SignerHttp.Answer answer) {
    if (answer.status() != OK && answer.status() != NO_CONTENT) {
      throw http.unavailable("HTTP " + answer.status());
    }
    return answer;
  }

  private JsonNode data(SignerHttp.Answer answer) {
    try {
      return JSON.readTree(required(answer).body()).path("data");
    } catch (JacksonException malformed) {
      throw http.unavailable("it answered no JSON");
    }
  }

  private static String typeName(KeyType type) {
    return switch (type) {
      case ED25519 -> "ed25519";
      case P256 -> "ecdsa-p256";
      case P384 -> "ecdsa-p384";
    };
  }

  /** The kind of a key by the engine's name of it. */
  static Optional<KeyType> type(String name) {
    return Arrays.stream(KeyType.values()).filter(type -> typeName(type).equals(name)).findFirst();
  }

  /** The token stays in its file. */
  @Override
  public void close() {}
}
