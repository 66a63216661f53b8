package org.earnest.bindings.signer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.earnest.bindings.crypto.LocalSigner;
import org.earnest.bindings.signer.Keystore.Opening;
import org.earnest.bindings.signer.Keystore.Writing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeystoreTest {
  private static final String PASSPHRASE = "testpassword";

  /** What the published vectors of Web3 Secret Storage hold. */
  private static final LocalSigner PUBLISHED =
      LocalSigner.of("0x7a28b5ba57c53603b0b07b56bba752f7784bf506fa95edc395f5cf6c7514fe9d");

  private static final String PBKDF2 =
      """
      {"crypto":{"cipher":"aes-128-ctr",
        "cipherparams":{"iv":"6087dab2f9fdbbfaddc31a909735c1e6"},
        "ciphertext":"5318b4d5bcd28de64ee5559e671353e16f075ecae9f99c7a79a38af5f869aa46",
        "kdf":"pbkdf2",
        "kdfparams":{"c":262144,"dklen":32,"prf":"hmac-sha256",
          "salt":"ae3cd4e7013836a3df6bd7241b12db061dbe2c6785853cce422d148a624ce0bd"},
        "mac":"517ead924a9d0dc3124507e3393d175ce3ff7c1e96529c6c555ce9e51205e9b2"},
       "id":"3198bc9c-6672-5ab3-d995-4942343ae5b6","version":3}
      """;

  private static final String PUBLISHED_SCRYPT =
      """
      {"crypto":{"cipher":"aes-128-ctr",
        "cipherparams":{"iv":"83dbcc02d8ccb40e466191a123791e0e"},
        "ciphertext":"d172bf743a674da9cdad04534d56926ef8358534d458fffccd4e6ad2fbde479c",
        "kdf":"scrypt",
        "kdfparams":{"dklen":32,"n":262144,"r":1,"p":8,
          "salt":"ab0c7876052600dd703518d6fc3fe8984592145b591fc8fb5c6d43190334ba19"},
        "mac":"2103ac29920d71da29f15d75b4a16dbe95cfd7ff8faea1056c33131d846e3097"},
       "id":"3198bc9c-6672-5ab3-d995-4942343ae5b6","version":3}
      """;

  /** Made with OpenSSL's scrypt and AES, with the parameters of ethers. */
  private static final String SCRYPT =
      """
      {"version":3,"crypto":{"cipher":"aes-128-ctr",
        "cipherparams":{"iv":"6175241624699a6a9d6e1e713df7d830"},
        "ciphertext":"e28d94eef0d7d89cfe1b5fa59bcef09098e16fb11bbcbeecb0e35e8435e401e8",
        "kdf":"scrypt",
        "kdfparams":{"dklen":32,"n":131072,"r":8,"p":1,
          "salt":"70ceab1c309e9d563156c14ab5d1ff1e713bc0a1688b715fbe2df7d452da6824"},
        "mac":"1dd6f9855af071ac10dc7e53514bbb8cc3c711f7a1f73604e02c4657b1a097b7"}}
      """;

  private static final LocalSigner OF_SCRYPT = LocalSigner.of("0x" + "4c".repeat(32));

  /** From geth's own tests; its passphrase is empty. */
  private static final String GETH =
      """
      {"address":"45dea0fb0bba44f4fcf290bba71fd57d7117cbb8","crypto":{"cipher":"aes-128-ctr",
        "ciphertext":"b87781948a1befd247bff51ef4063f716cf6c2d3481163e9a8f42e1f9bb74145",
        "cipherparams":{"iv":"dc4926b48a105133d2f16b96833abf1e"},"kdf":"scrypt",
        "kdfparams":{"dklen":32,"n":2,"p":1,"r":8,
          "salt":"004244bbdc51cadda545b1cfa43cff9ed2ae88e08c61f1479dbb45410722f8f0"},
        "mac":"39990c1684557447940d4c69e06b1b82b2aceacb43f284df65c956daf3046b85"},
       "id":"ce541d8d-c79b-40f8-9f8c-20f59616faba","version":3}
      """;

  @TempDir Path folder;

  private Opening open(String content, String passphrase) throws IOException {
    Path file = Files.writeString(folder.resolve("key.json"), content);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    try (Passphrase typed = Passphrase.of(passphrase.toCharArray())) {
      return Keystore.open(file, typed);
    }
  }

  private static Opening refused(KeystoreRefusal refusal) {
    return new Opening.Refused(refusal);
  }

  private static void holds(Opening opening, LocalSigner key) {
    assertThat(opening).isInstanceOf(Opening.Opened.class);
    byte[] message = {1, 2, 3};
    assertThat(((Opening.Opened) opening).signer().sign(message)).isEqualTo(key.sign(message));
  }

  @Test
  void keystoresOfOtherProgramsOpen() throws IOException {
    holds(open(PBKDF2, PASSPHRASE), PUBLISHED);
    holds(open(SCRYPT, "a passphrase"), OF_SCRYPT);
    // With its address, which is compared with the key's.
    assertThat(open(GETH, "")).isInstanceOf(Opening.Opened.class);
    assertThat(open(GETH, "bad")).isEqualTo(refused(KeystoreRefusal.PASSPHRASE));
  }

  /** Its parameters break scrypt's own rules; nothing that wallets write today does. */
  @Test
  void thePublishedVectorThatIsNoScryptIsRefused() throws IOException {
    assertThat(open(PUBLISHED_SCRYPT, PASSPHRASE)).isEqualTo(refused(KeystoreRefusal.SCRYPT));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "008aeeda4d805471df9b2a5b0f38a0c3bcba786b",
        "0x008aeeda4d805471df9b2a5b0f38a0c3bcba786b",
        "0x008AeEda4D805471dF9b2A5B0f38A0C3bCBA786b",
      })
  void anAddressMayBeWrittenAsWalletsDo(String address) throws IOException {
    holds(
        open(
            PBKDF2.replace("\"version\"", "\"address\":\"" + address + "\",\"version\""),
            PASSPHRASE),
        PUBLISHED);
  }

  @Test
  void anAddressThatIsNotTheKeysIsRefused() throws IOException {
    String other = "\"address\":\"" + "1".repeat(40) + "\",\"version\"";

    assertThat(open(PBKDF2.replace("\"version\"", other), PASSPHRASE))
        .isEqualTo(refused(KeystoreRefusal.ADDRESS));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "testpasswor", "testpassword ", "Testpassword"})
  void anotherPassphraseIsRefused(String passphrase) throws IOException {
    assertThat(open(PBKDF2, passphrase)).isEqualTo(refused(KeystoreRefusal.PASSPHRASE));
  }

  @Test
  void alteredCiphertextIsRefused() throws IOException {
    assertThat(open(PBKDF2.replace("5318b4d5", "5318b4d6"), PASSPHRASE))
        .isEqualTo(refused(KeystoreRefusal.PASSPHRASE));
  }

  @Test
  void everyTruncationIsRefused() throws IOException {
    String whole = PBKDF2.strip();
    for (int length = 0; length < whole.length(); length++) {
      assertThat(open(whole.substring(0, length), PASSPHRASE))
          .as("the first %s characters", length)
          .isEqualTo(refused(KeystoreRefusal.MALFORMED));
    }
  }

  @Test
  void whatIsTooLargeIsRefusedUnread() throws IOException {
    assertThat(open(PBKDF2 + " ".repeat(Keystore.MAX_BYTES), PASSPHRASE))
        .isEqualTo(refused(KeystoreRefusal.TOO_LARGE));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "n":131072          | "n":524288               | TOO_COSTLY
          "n":131072          | "n":1073741824           | TOO_COSTLY
          "n":131072          | "n":4294967296           | TOO_COSTLY
          "n":131072          | "n":262144000000000000000000 | MALFORMED
          "r":8               | "r":17                   | TOO_COSTLY
          "r":8               | "r":1                    | SCRYPT
          "r":8               | "r":2147483647           | TOO_COSTLY
          "p":1               | "p":9                    | TOO_COSTLY
          "p":1               | "p":9223372036854775807  | TOO_COSTLY
          "n":131072          | "n":131071               | MALFORMED
          "n":131072          | "n":1                    | MALFORMED
          "n":131072          | "n":0                    | MALFORMED
          "n":131072          | "n":-2                   | MALFORMED
          "n":131072          | "n":"131072"             | MALFORMED
          "n":131072          | "n":2.5                  | MALFORMED
          "p":1               | "p":0                    | MALFORMED
          "r":8               | "s":8                    | MALFORMED
          "dklen":32          | "dklen":2147483647       | MALFORMED
          "dklen":32          | "dklen":16               | MALFORMED
          "kdf":"scrypt"      | "kdf":"argon2id"         | KDF
          "kdf":"scrypt"      | "kdf":"pbkdf2"           | KDF
          "version":3         | "version":1              | VERSION
          "version":3         | "version":4              | VERSION
          "version":3         | "version":"3"            | MALFORMED
          aes-128-ctr         | aes-128-cbc              | CIPHER
          "iv":"61752416      | "iv":"6175241z           | MALFORMED
          "mac":"1dd6f985     | "mac":"1dd6f9            | MALFORMED
          "salt":"70ceab1c    | "salt":"0x70ceab1c       | MALFORMED
          "version":3         | "version":3,"version":3  | MALFORMED
          "version":3         | "version":3,"address":5  | MALFORMED
          """)
  void whatCannotBeOpenedIsRefusedBeforeAKeyIsDerived(String from, String to, KeystoreRefusal why)
      throws IOException {
    assertThat(SCRYPT).contains(from);
    assertThat(open(SCRYPT.replace(from, to), "a passphrase")).isEqualTo(refused(why));
  }

  @Test
  void tooManyRoundsOfPbkdf2AreRefused() throws IOException {
    assertThat(open(PBKDF2.replace("262144", "2000000000"), PASSPHRASE))
        .isEqualTo(refused(KeystoreRefusal.TOO_COSTLY));
    assertThat(open(PBKDF2.replace("hmac-sha256", "hmac-md5"), PASSPHRASE))
        .isEqualTo(refused(KeystoreRefusal.KDF));
  }

  @Test
  void whatIsNoFileIsRefused() {
    try (Passphrase typed = Passphrase.of(PASSPHRASE.toCharArray())) {
      assertThat(Keystore.open(folder.resolve("none"), typed))
          .isEqualTo(refused(KeystoreRefusal.MISSING));
      assertThat(Keystore.open(folder, typed)).isEqualTo(refused(KeystoreRefusal.UNREADABLE));
    }
  }

  @Test
  void aNewKeyIsItsOwnersAloneAndOpensAgain() throws IOException {
    Path file = folder.resolve("new.json");
    try (Passphrase typed = Passphrase.of("ein Wort, ü".toCharArray())) {
      Writing.Written written = (Writing.Written) Keystore.create(file, typed);
      Opening.Opened opened = (Opening.Opened) Keystore.open(file, typed);

      assertThat(opened.signer().address()).isEqualTo(written.address());
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");

      byte[] before = Files.readAllBytes(file);
      assertThat(Keystore.create(file, typed))
          .isEqualTo(new Writing.Refused(KeystoreRefusal.EXISTS));
      assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }
  }

  @Test
  void nothingElseStaysInItsFolder() throws IOException {
    Path file = folder.resolve("new.json");
    try (Passphrase typed = Passphrase.of("word".toCharArray())) {
      Keystore.create(file, typed);
      Keystore.create(file, typed);
    }
    try (Stream<Path> there = Files.list(folder)) {
      assertThat(there).containsExactly(file);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rw-rw-rw-"})
  void whatOthersMayReadOrWriteIsRefused(String permissions) throws IOException {
    Path file = Files.writeString(folder.resolve("open.json"), PBKDF2);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    try (Passphrase typed = Passphrase.of(PASSPHRASE.toCharArray())) {
      assertThat(Keystore.open(file, typed)).isEqualTo(refused(KeystoreRefusal.PERMISSIONS));
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--------"));
      holds(Keystore.open(file, typed), PUBLISHED);
    }
  }

  @Test
  void whatCannotBeWrittenIsRefused() {
    try (Passphrase typed = Passphrase.of("word".toCharArray());
        Passphrase none = Passphrase.of(new char[0])) {
      assertThat(Keystore.create(folder.resolve("none/new.json"), typed))
          .isEqualTo(new Writing.Refused(KeystoreRefusal.UNWRITABLE));
      assertThat(Keystore.create(folder.resolve("new.json"), none))
          .isEqualTo(new Writing.Refused(KeystoreRefusal.EMPTY_PASSPHRASE));
      assertThat(folder.resolve("new.json")).doesNotExist();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"word", "word\n", "word\r\n", "word\nanother line"})
  void aPassphraseIsAFilesFirstLine(String content) throws IOException {
    Path file = Files.writeString(folder.resolve("passphrase"), content);
    try (Passphrase read = Passphrase.read(file);
        Passphrase typed = Passphrase.of("word".toCharArray())) {
      assertThat(read.matches(typed)).isTrue();
    }
  }

  @Test
  void aClosedPassphraseIsWiped() {
    char[] typed = "word".toCharArray();
    Passphrase passphrase = Passphrase.of(typed);
    passphrase.close();

    assertThat(typed).containsOnly('\0');
    assertThat(passphrase.text()).isEqualTo("\0".repeat(4));
    assertThat(passphrase.toString()).isEqualTo("Passphrase");
  }

  @Test
  void aFileThatIsNoPassphraseIsRefusedWithoutShowingIt() throws IOException {
    Path large = Files.writeString(folder.resolve("large"), "w".repeat(Passphrase.MAX_BYTES + 1));
    Path binary =
        Files.write(folder.resolve("binary"), "w\u00ff".getBytes(StandardCharsets.ISO_8859_1));

    for (Path file : new Path[] {large, binary}) {
      org.assertj.core.api.Assertions.assertThatThrownBy(() -> Passphrase.read(file))
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith("a passphrase")
          .hasNoCause();
    }
  }
}
