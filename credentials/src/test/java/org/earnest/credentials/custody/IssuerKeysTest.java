package org.earnest.credentials.custody;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.earnest.credentials.Refusals.assertRefused;
import static org.earnest.credentials.custody.KeyCustodyContract.done;
import static org.earnest.credentials.custody.KeyCustodyContract.refused;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.earnest.core.chain.SignerUnavailableException;
import org.earnest.core.identity.Did;
import org.earnest.core.identity.DidDocument;
import org.earnest.core.identity.DidSigner;
import org.earnest.core.identity.VerificationMethod;
import org.earnest.core.identity.VerificationRelationship;
import org.earnest.credentials.CredentialFixture;
import org.earnest.credentials.CredentialIssuer;
import org.earnest.credentials.CredentialVerifier;
import org.earnest.credentials.IssueOutcome;
import org.earnest.credentials.VerificationOutcome;
import org.earnest.credentials.agent.AgentContext;
import org.earnest.credentials.key.KeyType;
import org.earnest.credentials.key.LocalSigner;
import org.earnest.credentials.model.CredentialRefusal;
import org.earnest.credentials.proof.JcsCryptosuite;
import org.earnest.testkit.identity.InMemoryDidResolver;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

class IssuerKeysTest {
  private static final Did ISSUER = new Did("did:web:issuer.example");
  private static final Duration OVERLAP = Duration.ofDays(1);

  @TempDir Path parent;
  private final InMemoryCustody custody = new InMemoryCustody();
  private Instant now = CredentialFixture.NOW;
  private Path folder;
  private IssuerKeys keys;

  @BeforeEach
  void begun() {
    folder = parent.resolve("keys");
    assertThat(IssuerKeys.create(folder, Optional.of(ISSUER))).isEmpty();
    keys = reopened();
  }

  private IssuerKeys reopened() {
    return new IssuerKeys(folder, custody, () -> now);
  }

  @Test
  void whoeverSignsForLongSeesThatAKeyWasRotatedOrRevoked() {
    done(keys.add(KeyType.P256));
    CurrentSigner current = new CurrentSigner(keys, KeyType.P256);
    DidSigner before = current.get();
    assertThat(current.get()).isSameAs(before);
    CredentialIssuer issuer =
        new CredentialIssuer(
            current, JcsCryptosuite.ECDSA_2019, AgentContext.known(), CredentialFixture.CLOCK);

    // By another program.
    IssuerKey rotated = done(reopened().rotate(KeyType.P256, OVERLAP));
    assertThat(current.get().verificationMethod().toString()).endsWith("#" + rotated.multibase());
    ObjectNode unsecured = CredentialFixture.unsecured();
    ObjectNode secured =
        ((IssueOutcome.Issued) issuer.issue(CredentialFixture.bytes(unsecured))).credential();
    assertThat(secured.at("/proof/verificationMethod").asString()).endsWith(rotated.multibase());
    assertThat(verified(secured)).isInstanceOf(VerificationOutcome.Verified.class);

    done(reopened().revoke(rotated.multibase()));
    assertThatThrownBy(() -> issuer.issue(CredentialFixture.bytes(unsecured)))
        .isInstanceOf(SignerUnavailableException.class);
  }

  @Test
  void whoeverMaySignOpensTheKeyWithTheFirstSignature() {
    IssuerKey key = done(keys.add(KeyType.ED25519));
    DidSigner used = new CurrentSigner(keys, KeyType.ED25519).get();
    byte[] signature = used.sign(new byte[] {1});
    DidSigner unused = new CurrentSigner(keys, KeyType.ED25519).get();
    custody.destroy(key.name());

    assertThat(unused.verificationMethod()).isEqualTo(done(keys.id(key)));
    assertThat(unused.jwsAlgorithm()).isEqualTo("EdDSA");
    assertThatThrownBy(() -> unused.sign(new byte[] {1}))
        .isInstanceOf(SignerUnavailableException.class)
        .hasMessageContaining(KeyRefusal.MISSING.problem());
    assertThat(used.sign(new byte[] {1})).isEqualTo(signature);
  }

  @Test
  void aDidKeyThatFollowsARevokedOneIsAnotherIssuer() {
    Path own = parent.resolve("own");
    assertThat(IssuerKeys.create(own, Optional.empty())).isEmpty();
    IssuerKeys ownKeys = new IssuerKeys(own, custody, () -> now);
    IssuerKey first = done(ownKeys.add(KeyType.ED25519));
    CurrentSigner current = new CurrentSigner(ownKeys, KeyType.ED25519);
    assertThat(current.get()).isNotNull();
    done(ownKeys.revoke(first.multibase()));
    done(ownKeys.add(KeyType.ED25519));
    assertThatThrownBy(current::get)
        .isInstanceOf(SignerUnavailableException.class)
        .hasMessageContaining("another issuer");
  }

  private ObjectNode issued() {
    DidSigner signer = done(keys.signer(KeyType.ED25519));
    CredentialIssuer issuer =
        new CredentialIssuer(signer, AgentContext.known(), CredentialFixture.CLOCK);
    IssueOutcome outcome = issuer.issue(CredentialFixture.bytes(CredentialFixture.unsecured()));
    return ((IssueOutcome.Issued) outcome).credential();
  }

  /** As whoever resolves the issuer now judges it. */
  private VerificationOutcome verified(ObjectNode credential) {
    List<VerificationMethod> methods =
        done(keys.listed()).stream()
            .map(
                key ->
                    (VerificationMethod)
                        new VerificationMethod.Multikey(
                            done(keys.id(key)), ISSUER, key.multibase()))
            .toList();
    DidDocument document =
        new DidDocument(
            ISSUER,
            Set.of(),
            methods,
            Map.of(
                VerificationRelationship.ASSERTION_METHOD,
                methods.stream().map(VerificationMethod::id).collect(Collectors.toSet())),
            List.of());
    return CredentialVerifier.builder(
            new InMemoryDidResolver().with(document), AgentContext.known(), CredentialFixture.CLOCK)
        .build()
        .verify(CredentialFixture.bytes(credential));
  }

  private void assertVerifies(ObjectNode credential) {
    assertThat(verified(credential)).isInstanceOf(VerificationOutcome.Verified.class);
  }

  private void assertFails(ObjectNode credential) {
    assertRefused(verified(credential), CredentialRefusal.KEY_NOT_AUTHORIZED);
  }

  @Test
  void aCredentialFromBeforeARotationVerifiesUntilTheOverlapEnds() {
    done(keys.add(KeyType.ED25519));
    ObjectNode before = issued();
    done(keys.rotate(KeyType.ED25519, OVERLAP));
    ObjectNode after = issued();
    assertThat(method(after)).isNotEqualTo(method(before));
    assertVerifies(before);
    assertVerifies(after);
    now = now.plus(OVERLAP).minusSeconds(1);
    assertVerifies(before);
    now = now.plusSeconds(1);
    assertFails(before);
    assertVerifies(after);
  }

  @Test
  void whatARevokedKeySignedFailsAtOnce() {
    IssuerKey stolen = done(keys.add(KeyType.ED25519));
    ObjectNode before = issued();
    assertVerifies(before);
    assertThat(done(keys.revoke(stolen.multibase())).destroyed()).isTrue();
    assertFails(before);
    assertThat(refused(keys.signer(KeyType.ED25519))).isEqualTo(KeyRefusal.NONE);
    done(keys.add(KeyType.ED25519));
    assertFails(before);
    assertVerifies(issued());
  }

  @Test
  void aRetiredKeyCanStillBeRevoked() {
    IssuerKey first = done(keys.add(KeyType.ED25519));
    ObjectNode before = issued();
    done(keys.rotate(KeyType.ED25519, OVERLAP));
    assertVerifies(before);
    done(keys.revoke(first.multibase()));
    assertFails(before);
    assertThat(refused(keys.revoke(first.multibase()))).isEqualTo(KeyRefusal.ENDED);
    assertThat(refused(keys.revoke("zUnknown"))).isEqualTo(KeyRefusal.UNKNOWN);
  }

  @Test
  void aKeyThatStandsByIsListedBeforeItSigns() {
    IssuerKey first = done(keys.add(KeyType.ED25519));
    IssuerKey next = done(keys.add(KeyType.ED25519));
    assertThat(next.state()).isEqualTo(new KeyState.Standby());
    assertThat(done(keys.listed())).containsExactly(first, next);
    assertThat(method(issued())).endsWith(first.multibase());
    assertThat(refused(keys.add(KeyType.ED25519))).isEqualTo(KeyRefusal.STANDBY_THERE);
    assertThat(done(keys.rotate(KeyType.ED25519, OVERLAP)).multibase()).isEqualTo(next.multibase());
    assertThat(method(issued())).endsWith(next.multibase());
  }

  @Test
  void aKeyThatStandsByTakesARevokedOnesPlace() {
    IssuerKey first = done(keys.add(KeyType.ED25519));
    IssuerKey next = done(keys.add(KeyType.ED25519));
    done(keys.revoke(first.multibase()));
    assertThat(method(issued())).endsWith(next.multibase());
  }

  @Test
  void thePrivateHalfOfARetiredKeyIsDestroyedAndThePublicOneStaysKnown() {
    IssuerKey first = done(keys.add(KeyType.P256));
    IssuerKey second = done(keys.rotate(KeyType.P256, OVERLAP));
    assertThat(custody.size()).isEqualTo(1);
    assertThat(refused(custody.open(first.name()))).isEqualTo(KeyRefusal.MISSING);
    assertThat(done(reopened().keys()))
        .containsExactly(
            first.as(new KeyState.Retired(now.plus(OVERLAP))).withoutPrivateKey(), second);
  }

  @Test
  void whatCannotBeDestroyedNowIsDestroyedByTheNextChange() {
    IssuerKey first = done(keys.add(KeyType.P256));
    custody.refusesToDestroy = true;
    done(keys.rotate(KeyType.P256, OVERLAP));
    assertThat(done(keys.keys()).getFirst().destroyed()).isFalse();
    custody.refusesToDestroy = false;
    done(keys.add(KeyType.P384));
    assertThat(done(keys.keys()).getFirst().destroyed()).isTrue();
    assertThat(refused(custody.open(first.name()))).isEqualTo(KeyRefusal.MISSING);
  }

  @Test
  void noIdComesTwice() {
    Set<String> ids = new HashSet<>();
    Set<String> names = new HashSet<>();
    done(keys.add(KeyType.P256));
    for (int round = 0; round < 10; round++) {
      keys = reopened();
      IssuerKey key = done(keys.rotate(KeyType.P256, Duration.ZERO));
      assertThat(ids.add(done(keys.id(key)).toString())).isTrue();
      assertThat(names.add(key.name())).isTrue();
    }
    assertThat(done(keys.keys())).hasSize(11);
  }

  @Test
  void aKeyThatWasListedBeforeIsNeverTakenAgain() {
    LocalSigner secret = LocalSigner.randomDidKey(KeyType.ED25519);
    custody.old = secret;
    IssuerKey first = done(keys.add(KeyType.ED25519));
    done(keys.revoke(first.multibase()));
    keys = reopened();
    assertThat(refused(keys.add(KeyType.ED25519))).isEqualTo(KeyRefusal.USED_BEFORE);
    assertThat(done(keys.keys())).hasSize(1);
  }

  @Test
  void aPlaceThatIsAwayChangesNothing() {
    IssuerKey first = done(keys.add(KeyType.P256));
    custody.away = true;
    assertThatThrownBy(() -> keys.rotate(KeyType.P256, OVERLAP))
        .isInstanceOf(SignerUnavailableException.class);
    assertThatThrownBy(() -> keys.signer(KeyType.P256))
        .isInstanceOf(SignerUnavailableException.class);
    custody.away = false;
    assertThat(done(keys.keys())).containsExactly(first);
  }

  @Test
  void eachKindHasItsOwnKey() {
    for (KeyType type : KeyType.values()) {
      done(keys.add(type));
    }
    for (KeyType type : KeyType.values()) {
      assertThat(done(keys.signer(type)).jwsAlgorithm()).isEqualTo(type.jwsAlgorithm());
      assertThat(done(keys.signer(type)).verificationMethod().did()).isEqualTo(ISSUER);
    }
    CredentialIssuer p384 =
        new CredentialIssuer(
            done(keys.signer(KeyType.P384)),
            JcsCryptosuite.ECDSA_2019,
            AgentContext.known(),
            CredentialFixture.CLOCK);
    assertVerifies(
        ((IssueOutcome.Issued) p384.issue(CredentialFixture.bytes(CredentialFixture.unsecured())))
            .credential());
  }

  @Test
  void aDidKeyIsItsOwnIssuerAndIsNotRotated() {
    folder = parent.resolve("own");
    assertThat(IssuerKeys.create(folder, Optional.empty())).isEmpty();
    keys = reopened();
    IssuerKey key = done(keys.add(KeyType.ED25519));
    done(keys.add(KeyType.P256));
    assertThat(done(keys.signer(KeyType.ED25519)).verificationMethod())
        .hasToString("did:key:" + key.multibase() + "#" + key.multibase());
    assertThat(refused(keys.rotate(KeyType.ED25519, OVERLAP))).isEqualTo(KeyRefusal.NOT_ROTATABLE);
    assertThat(refused(keys.add(KeyType.ED25519))).isEqualTo(KeyRefusal.NOT_ROTATABLE);
  }

  @Test
  void anExchangedPrivateKeyIsNotUsed() {
    IssuerKey key = done(keys.add(KeyType.P256));
    custody.destroy(key.name());
    done(custody.create(key.name(), KeyType.P256));
    assertThat(refused(keys.signer(KeyType.P256))).isEqualTo(KeyRefusal.MISMATCH);
  }

  @Test
  void oneChangeAtATime() throws IOException {
    try (FileChannel channel =
            FileChannel.open(
                folder.resolve("register.lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        FileLock held = channel.lock()) {
      assertThat(held.isValid()).isTrue();
      assertThat(refused(keys.add(KeyType.P256))).isEqualTo(KeyRefusal.BUSY);
    }
    done(keys.add(KeyType.P256));
  }

  @Test
  void aRegisterIsBegunOnceAndIsItsOwnersAlone() throws IOException {
    assertThat(IssuerKeys.create(folder, Optional.empty())).contains(KeyRefusal.EXISTS);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
        .isEqualTo("rwx------");
    Path file = folder.resolve("register.json");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw----"));
    assertThat(refused(keys.keys())).isEqualTo(KeyRefusal.PERMISSIONS);
    Files.delete(file);
    assertThat(refused(keys.keys())).isEqualTo(KeyRefusal.NO_REGISTER);
  }

  @Test
  void aDamagedRegisterIsRefused() throws IOException {
    done(keys.add(KeyType.P256));
    Path file = folder.resolve("register.json");
    String text = Files.readString(file);
    for (String damaged :
        List.of(
            "",
            "{}",
            text.substring(0, text.length() / 2),
            text.replace("active", "acting"),
            text.replace("P256", "P384"),
            text.replace("\"name\" : \"key", "\"name\" : \"../key"),
            text.replace("\"version\" : 1", "\"version\" : 2"),
            text.replace("\"version\" : 1", "\"version\" : 1, \"version\" : 1"))) {
      assertThat(damaged).isNotEqualTo(text);
      Files.writeString(file, damaged);
      assertThat(refused(keys.keys())).as(damaged).isEqualTo(KeyRefusal.MALFORMED);
    }
  }

  private static String method(ObjectNode credential) {
    return credential.path("proof").path("verificationMethod").asString("");
  }
}
