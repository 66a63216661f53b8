package org.earnest.credentials.custody;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.PasswordBasedDecrypter;
import com.nimbusds.jose.crypto.PasswordBasedEncrypter;
import com.nimbusds.jose.util.Base64URL;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.earnest.bindings.signer.Passphrase;
import org.earnest.credentials.key.KeyType;
import org.earnest.credentials.key.LocalSigner;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class EncryptedKeyFilesTest extends KeyCustodyContract {
  private static final String TYPED = "correct horse";

  private static byte[] given = new byte[0];

  @TempDir Path folder;

  @Override
  KeyCustody open() {
    return new EncryptedKeyFiles(folder, passphrase(TYPED));
  }

  private static Passphrase passphrase(String text) {
    return Passphrase.of(text.toCharArray());
  }

  private Path made() {
    try (KeyCustody custody = open()) {
      done(custody.create("made", KeyType.P384));
    }
    return folder.resolve("made.jwe");
  }

  /** One that was made before: deriving takes its time. */
  @BeforeAll
  static void given(@TempDir Path elsewhere) throws IOException {
    try (KeyCustody custody = new EncryptedKeyFiles(elsewhere, passphrase(TYPED))) {
      done(custody.create("made", KeyType.P256));
    }
    given = Files.readAllBytes(elsewhere.resolve("made.jwe"));
  }

  private Path given() throws IOException {
    Path file = Files.write(folder.resolve("made.jwe"), given);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  private KeyRefusal refusal(String typed) {
    try (KeyCustody custody = new EncryptedKeyFiles(folder, passphrase(typed))) {
      return refused(custody.open("made"));
    }
  }

  @Test
  void aFileIsAnEncryptedJwkThatOthersCanOpen() throws Exception {
    JWEObject jwe = JWEObject.parse(Files.readString(made()));
    assertThat(jwe.getHeader().getAlgorithm()).isEqualTo(JWEAlgorithm.PBES2_HS512_A256KW);
    assertThat(jwe.getHeader().getEncryptionMethod()).isEqualTo(EncryptionMethod.A256GCM);
    assertThat(jwe.getHeader().getPBES2Count()).isEqualTo(210_000);
    jwe.decrypt(new PasswordBasedDecrypter(TYPED));
    JsonNode jwk = JsonMapper.shared().readTree(jwe.getPayload().toString());
    assertThat(jwk.path("kty").asString()).isEqualTo("EC");
    assertThat(jwk.path("crv").asString()).isEqualTo("P-384");
    assertThat(jwk.path("kid").asString()).isEqualTo("made");
  }

  @Test
  void onlyItsOwnerMayReadAFile() throws IOException {
    Path file = made();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    for (String open : List.of("rw-r-----", "rw----r--", "rw--w----")) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(open));
      assertThat(refusal(TYPED)).as(open).isEqualTo(KeyRefusal.PERMISSIONS);
    }
  }

  @Test
  void nothingButTheWholeKeyIsInTheFolder() throws IOException {
    made();
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString())).containsExactly("made.jwe");
    }
  }

  @Test
  void anotherPassphraseOpensNothing() throws IOException {
    given();
    assertThat(refusal("wrong")).isEqualTo(KeyRefusal.PASSPHRASE);
    assertThat(refusal("")).isEqualTo(KeyRefusal.PASSPHRASE);
  }

  @Test
  void noKeyIsMadeWithoutAPassphrase() {
    try (KeyCustody custody = new EncryptedKeyFiles(folder, passphrase(""))) {
      assertThat(refused(custody.create("made", KeyType.P256)))
          .isEqualTo(KeyRefusal.EMPTY_PASSPHRASE);
    }
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void noKeyIsMadeWithAnotherPassphraseThanTheOthers() throws IOException {
    given();
    try (KeyCustody custody = new EncryptedKeyFiles(folder, passphrase("a slip"))) {
      assertThat(refused(custody.create("next", KeyType.P256))).isEqualTo(KeyRefusal.PASSPHRASE);
    }
    assertThat(folder.resolve("next.jwe")).doesNotExist();
  }

  @Test
  void whatWasAlteredIsRefused() throws IOException {
    Path file = given();
    String text = Files.readString(file);
    int at = text.length() - 30;
    char other = text.charAt(at) == 'A' ? 'B' : 'A';
    Files.writeString(file, text.substring(0, at) + other + text.substring(at + 1));
    assertThat(refusal(TYPED)).isEqualTo(KeyRefusal.PASSPHRASE);
    Files.writeString(file, text.substring(0, 40));
    assertThat(refusal(TYPED)).isEqualTo(KeyRefusal.MALFORMED);
    Files.writeString(file, text + " ".repeat(5000));
    assertThat(refusal(TYPED)).isEqualTo(KeyRefusal.MALFORMED);
  }

  @Test
  void aKeyUnderAnothersNameIsRefused() throws IOException {
    Files.move(given(), folder.resolve("other.jwe"));
    try (KeyCustody custody = open()) {
      assertThat(refused(custody.open("other"))).isEqualTo(KeyRefusal.MALFORMED);
    }
  }

  @Test
  void roundsAreBoundedBeforeAnythingIsDerived() throws IOException {
    Path file = given();
    String text = Files.readString(file);
    String rest = text.substring(text.indexOf('.'));
    String header =
        new String(
            Base64.getUrlDecoder().decode(text.substring(0, text.indexOf('.'))),
            StandardCharsets.UTF_8);
    assertThat(header).contains(":210000");
    for (String rounds : List.of("1000", "99999", "1000001", "2147483647")) {
      byte[] altered = header.replace(":210000", ":" + rounds).getBytes(StandardCharsets.UTF_8);
      Files.writeString(
          file, Base64.getUrlEncoder().withoutPadding().encodeToString(altered) + rest);
      assertThat(refusal(TYPED)).as(rounds).isEqualTo(KeyRefusal.ROUNDS);
    }
  }

  @Test
  void aRandomPassphraseIsStretchedLessAndOnlyWhereItIsKnownToBeRandom() throws Exception {
    try (KeyCustody custody = random()) {
      done(custody.create("made", KeyType.P256));
    }
    JWEObject jwe = JWEObject.parse(Files.readString(folder.resolve("made.jwe")));
    assertThat(jwe.getHeader().getPBES2Count()).isEqualTo(1_000);
    try (KeyCustody custody = random()) {
      assertThat(done(custody.open("made")).publicKey().type()).isEqualTo(KeyType.P256);
    }
    assertThat(refusal(TYPED)).isEqualTo(KeyRefusal.ROUNDS);
  }

  private KeyCustody random() {
    return new EncryptedKeyFiles(folder, passphrase(TYPED), Stretching.RANDOM);
  }

  @Test
  void aRandomPassphraseIsStretchedAllTheSame() throws IOException {
    JWEHeader header =
        new JWEHeader.Builder(JWEAlgorithm.PBES2_HS512_A256KW, EncryptionMethod.A256GCM)
            .contentType("jwk+json")
            .pbes2Salt(Base64URL.encode(new byte[16]))
            .pbes2Count(999)
            .build();
    Files.writeString(given(), header.toBase64URL() + ".AA.AA.AA.AA");
    try (KeyCustody custody = random()) {
      assertThat(refused(custody.open("made"))).isEqualTo(KeyRefusal.ROUNDS);
    }
  }

  @Test
  void aPrivateHalfOfAnotherKeyIsRefused() throws IOException {
    LocalSigner signer = LocalSigner.randomDidKey(KeyType.P256);
    byte[] another = LocalSigner.randomSecret(KeyType.P256);
    Files.write(
        given(),
        EncryptedJwk.encrypt("made", signer, another, passphrase(TYPED), Stretching.TYPED));
    assertThat(refusal(TYPED)).isEqualTo(KeyRefusal.MALFORMED);
  }

  @Test
  void otherCiphersAreRefused() throws IOException, JOSEException {
    JWEObject weak =
        new JWEObject(
            new JWEHeader.Builder(JWEAlgorithm.PBES2_HS256_A128KW, EncryptionMethod.A128GCM)
                .contentType("jwk+json")
                .build(),
            new Payload("{}"));
    weak.encrypt(new PasswordBasedEncrypter(TYPED, 16, Stretching.TYPED.rounds()));
    Files.write(given(), weak.serialize().getBytes(StandardCharsets.US_ASCII));
    assertThat(refusal(TYPED)).isEqualTo(KeyRefusal.CIPHER);
  }
}
