package org.earnest.credentials.custody;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.earnest.credentials.key.KeyType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every place for private keys does. */
abstract class KeyCustodyContract {
  private static final byte[] MESSAGE = "to be signed".getBytes(StandardCharsets.UTF_8);

  private KeyCustody custody;

  /** The same place at each call of a test, opened anew: what was made before is there. */
  abstract KeyCustody open();

  @BeforeEach
  void opened() {
    custody = open();
  }

  @AfterEach
  void closed() {
    custody.close();
  }

  @Test
  void everyKindThatItNamesSignsWhatItsPublicKeyVerifies() {
    assertThat(custody.types()).contains(KeyType.P256, KeyType.P384);
    for (KeyType type : custody.types()) {
      HeldKey key = done(custody.create(name(type), type));
      assertThat(key.publicKey().type()).isEqualTo(type);
      byte[] signature = key.sign(MESSAGE);
      assertThat(signature).hasSize(type.signatureBytes());
      assertThat(key.publicKey().verifies(MESSAGE, signature)).isTrue();
      assertThat(key.publicKey().verifies("other".getBytes(StandardCharsets.UTF_8), signature))
          .isFalse();
    }
  }

  @Test
  void aKeyIsThereAgainWhenItIsOpenedAnew() {
    for (KeyType type : custody.types()) {
      String multibase = done(custody.create(name(type), type)).publicKey().multibase();
      try (KeyCustody again = open()) {
        HeldKey found = done(again.open(name(type)));
        assertThat(found.publicKey().multibase()).isEqualTo(multibase);
        assertThat(found.publicKey().verifies(MESSAGE, found.sign(MESSAGE))).isTrue();
      }
    }
  }

  @Test
  void namesKeepTheirKeysApart() {
    HeldKey one = done(custody.create("one", KeyType.P256));
    HeldKey other = done(custody.create("other", KeyType.P256));
    assertThat(one.publicKey().multibase()).isNotEqualTo(other.publicKey().multibase());
    assertThat(done(custody.open("one")).publicKey().verifies(MESSAGE, other.sign(MESSAGE)))
        .isFalse();
  }

  @Test
  void aNameIsGivenOnce() {
    String first = done(custody.create("taken", KeyType.P256)).publicKey().multibase();
    assertThat(refused(custody.create("taken", KeyType.P384))).isEqualTo(KeyRefusal.NAME_TAKEN);
    assertThat(done(custody.open("taken")).publicKey().multibase()).isEqualTo(first);
  }

  @Test
  void whatWasDestroyedIsGoneForEveryone() {
    done(custody.create("gone", KeyType.P256));
    done(custody.create("stays", KeyType.P256));
    custody.destroy("gone");
    assertThat(refused(custody.open("gone"))).isEqualTo(KeyRefusal.MISSING);
    try (KeyCustody again = open()) {
      assertThat(refused(again.open("gone"))).isEqualTo(KeyRefusal.MISSING);
      assertThat(done(again.open("stays")).sign(MESSAGE)).isNotEmpty();
    }
    custody.destroy("gone");
  }

  @Test
  void whatWasNeverMadeIsMissing() {
    assertThat(refused(custody.open("never"))).isEqualTo(KeyRefusal.MISSING);
    custody.destroy("never");
  }

  @Test
  void whatIsNoNameIsABug() {
    for (String name : new String[] {"", "..", "a/b", "Upper", "a b", "x".repeat(65)}) {
      assertThatThrownBy(() -> custody.create(name, KeyType.P256))
          .as(name)
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> custody.open(name)).isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> custody.destroy(name)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static String name(KeyType type) {
    return "key-" + type.name().toLowerCase(Locale.ROOT);
  }

  static <T> T done(KeyOutcome<T> outcome) {
    assertThat(outcome).isInstanceOf(KeyOutcome.Done.class);
    return ((KeyOutcome.Done<T>) outcome).value();
  }

  static KeyRefusal refused(KeyOutcome<?> outcome) {
    assertThat(outcome).isInstanceOf(KeyOutcome.Refused.class);
    return ((KeyOutcome.Refused<?>) outcome).refusal();
  }
}
