package org.earnest.bindings.signer;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.web3j.crypto.WalletFile;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The file's form. Everything is checked before a key is derived with it, as the parameters say how
 * much memory and time that takes.
 */
final class KeystoreJson {
  /** What geth and web3j ask for; 128 n r bytes. */
  static final long MAX_SCRYPT_BYTES = 256L << 20;

  /** As if the most memory was filled so many times; 128 n r p bytes. */
  static final long MAX_SCRYPT_WORK = 4 * MAX_SCRYPT_BYTES;

  /** Thirty times what is usual. */
  static final long MAX_PBKDF2_ROUNDS = 10_000_000;

  private static final int VERSION = 3;
  private static final int DERIVED_BYTES = 32;
  private static final int SCRYPT_BLOCK = 128;
  private static final int SCRYPT_BITS = 16;
  private static final long MAX_SCRYPT_FACTOR = 1L << 24;
  private static final Pattern HASH = Pattern.compile("[0-9a-fA-F]{64}");
  private static final Pattern SALT = Pattern.compile("(?:[0-9a-fA-F]{2}){1,64}");
  private static final Pattern INITIAL_VECTOR = Pattern.compile("[0-9a-fA-F]{32}");
  private static final Pattern ADDRESS = Pattern.compile("(?:0x)?[0-9a-fA-F]{40}");

  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
          .build();

  private KeystoreJson() {}

  sealed interface Reading {
    record Read(WalletFile wallet) implements Reading {}

    record Refused(KeystoreRefusal refusal) implements Reading {}
  }

  static Reading read(byte[] bytes) {
    JsonNode file;
    try {
      file = JSON.readTree(new String(bytes, StandardCharsets.UTF_8));
    } catch (JacksonException e) {
      return new Reading.Refused(KeystoreRefusal.MALFORMED);
    }
    // geth writes "crypto"; the first wallets wrote "Crypto".
    JsonNode crypto = file.has("crypto") ? file.path("crypto") : file.path("Crypto");
    Optional<KeystoreRefusal> refusal = refusal(file, crypto);
    if (refusal.isPresent()) {
      return new Reading.Refused(refusal.get());
    }
    WalletFile wallet = new WalletFile();
    wallet.setVersion(VERSION);
    wallet.setCrypto(crypto(crypto));
    if (file.hasNonNull("address")) {
      String address = text(file, "address").toLowerCase(Locale.ROOT);
      wallet.setAddress(address.startsWith("0x") ? address : "0x" + address);
    }
    return new Reading.Read(wallet);
  }

  static byte[] write(WalletFile wallet) {
    return JSON.writeValueAsBytes(wallet);
  }

  private static Optional<KeystoreRefusal> refusal(JsonNode file, JsonNode crypto) {
    if (!file.path("version").isInt() || !crypto.isObject()) {
      return Optional.of(KeystoreRefusal.MALFORMED);
    }
    if (file.path("version").asInt() != VERSION) {
      return Optional.of(KeystoreRefusal.VERSION);
    }
    if (!text(crypto, "cipher").equals("aes-128-ctr")) {
      return Optional.of(KeystoreRefusal.CIPHER);
    }
    JsonNode parameters = crypto.path("kdfparams");
    boolean whole =
        is(crypto, "ciphertext", HASH)
            && is(crypto, "mac", HASH)
            && is(crypto.path("cipherparams"), "iv", INITIAL_VECTOR)
            && is(parameters, "salt", SALT)
            && parameters.path("dklen").asInt(0) == DERIVED_BYTES
            && (!file.hasNonNull("address") || is(file, "address", ADDRESS));
    if (!whole) {
      return Optional.of(KeystoreRefusal.MALFORMED);
    }
    return switch (text(crypto, "kdf")) {
      case "scrypt" -> scryptRefusal(parameters);
      case "pbkdf2" -> pbkdf2Refusal(parameters);
      default -> Optional.of(KeystoreRefusal.KDF);
    };
  }

  private static Optional<KeystoreRefusal> scryptRefusal(JsonNode parameters) {
    long n = factor(parameters, "n");
    long r = factor(parameters, "r");
    long p = factor(parameters, "p");
    if (n < 2 || Long.bitCount(n) != 1 || r < 1 || p < 1) {
      return Optional.of(KeystoreRefusal.MALFORMED);
    }
    // Bouncy Castle knows no other, and nor does the specification; some wallets do.
    if (r < Integer.SIZE / SCRYPT_BITS && n >= 1L << (SCRYPT_BITS * r)) {
      return Optional.of(KeystoreRefusal.SCRYPT);
    }
    boolean affordable =
        n <= MAX_SCRYPT_FACTOR
            && r <= MAX_SCRYPT_FACTOR
            && p <= MAX_SCRYPT_FACTOR
            && SCRYPT_BLOCK * n * r <= MAX_SCRYPT_BYTES
            && SCRYPT_BLOCK * n * r <= MAX_SCRYPT_WORK / p;
    return affordable ? Optional.empty() : Optional.of(KeystoreRefusal.TOO_COSTLY);
  }

  private static Optional<KeystoreRefusal> pbkdf2Refusal(JsonNode parameters) {
    long rounds = factor(parameters, "c");
    if (!text(parameters, "prf").equals("hmac-sha256")) {
      return Optional.of(KeystoreRefusal.KDF);
    }
    if (rounds < 1) {
      return Optional.of(KeystoreRefusal.MALFORMED);
    }
    return rounds > MAX_PBKDF2_ROUNDS ? Optional.of(KeystoreRefusal.TOO_COSTLY) : Optional.empty();
  }

  private static WalletFile.Crypto crypto(JsonNode json) {
    WalletFile.CipherParams cipher = new WalletFile.CipherParams();
    cipher.setIv(text(json.path("cipherparams"), "iv"));
    WalletFile.Crypto crypto = new WalletFile.Crypto();
    crypto.setCipher(text(json, "cipher"));
    crypto.setCiphertext(text(json, "ciphertext"));
    crypto.setCipherparams(cipher);
    crypto.setMac(text(json, "mac"));
    crypto.setKdf(text(json, "kdf"));
    JsonNode parameters = json.path("kdfparams");
    crypto.setKdfparams(crypto.getKdf().equals("scrypt") ? scrypt(parameters) : pbkdf2(parameters));
    return crypto;
  }

  private static WalletFile.ScryptKdfParams scrypt(JsonNode json) {
    WalletFile.ScryptKdfParams scrypt = new WalletFile.ScryptKdfParams();
    scrypt.setDklen(DERIVED_BYTES);
    scrypt.setN(json.path("n").asInt());
    scrypt.setR(json.path("r").asInt());
    scrypt.setP(json.path("p").asInt());
    scrypt.setSalt(text(json, "salt"));
    return scrypt;
  }

  private static WalletFile.Aes128CtrKdfParams pbkdf2(JsonNode json) {
    WalletFile.Aes128CtrKdfParams pbkdf2 = new WalletFile.Aes128CtrKdfParams();
    pbkdf2.setDklen(DERIVED_BYTES);
    pbkdf2.setC(json.path("c").asInt());
    pbkdf2.setPrf(text(json, "prf"));
    pbkdf2.setSalt(text(json, "salt"));
    return pbkdf2;
  }

  /** Any whole number; what does not fit is beyond every bound. */
  private static long factor(JsonNode json, String name) {
    JsonNode number = json.path(name);
    if (!number.isIntegralNumber()) {
      return 0;
    }
    return number.canConvertToLong() ? number.asLong() : Long.MAX_VALUE;
  }

  private static boolean is(JsonNode json, String name, Pattern form) {
    return form.matcher(text(json, name)).matches();
  }

  private static String text(JsonNode json, String name) {
    JsonNode value = json.path(name);
    return value.isString() ? value.stringValue() : "";
  }
}
