package org.earnest.did.ethr;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.earnest.did.ethr.RegistryInMemory.REGISTRY;
import static org.earnest.did.ethr.RegistryInMemory.SECONDS_PER_BLOCK;
import static org.earnest.did.ethr.RegistryInMemory.START;

import java.time.Instant;
import java.util.List;
import org.earnest.core.chain.Caip10AccountId;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hex;
import org.earnest.core.identity.Did;
import org.earnest.core.identity.DidDocument;
import org.earnest.core.identity.DidResolution;
import org.earnest.core.identity.DidResolution.ErrorType;
import org.earnest.core.identity.DidService;
import org.earnest.core.identity.DidVersion;
import org.earnest.core.identity.ResolutionOptions;
import org.earnest.core.identity.VerificationMethod;
import org.earnest.core.identity.VerificationRelationship;
import org.earnest.core.submission.Finality;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** What the registry's events do to a document. */
class EthrChangesTest {
  private static final Caip2ChainId CHAIN = Caip2ChainId.eip155(31_337);
  private static final EvmAddress IDENTITY =
      new EvmAddress("0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266");
  private static final EvmAddress OTHER = new EvmAddress("0x" + "ab".repeat(20));
  private static final Did DID = EthrDidMethod.didOf(new Caip10AccountId(CHAIN, IDENTITY));
  private static final Did KEY_DID =
      new Did(
          "did:ethr:0x7a69:0x038318535b54105d4a7aae60c08fc45f9687181b4fdfc625bd1a753fa7397fed75");
  private static final String ED25519 = "did/pub/Ed25519/veriKey/base64";
  private static final byte[] ED25519_KEY =
      Hex.decode("0xd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
  private static final byte[] X25519_KEY =
      Hex.decode("0x8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a");
  private static final long FOR_EVER = Long.MAX_VALUE;

  private final RegistryInMemory chain = new RegistryInMemory(CHAIN);
  private final EthrDidMethod method =
      new EthrDidMethod(List.of(EthrNetwork.withRegistry(REGISTRY, chain)));

  private DidResolution.Resolved resolve(Did did) {
    return (DidResolution.Resolved) method.resolve(did);
  }

  private DidResolution at(long block) {
    return method.resolve(DID, ResolutionOptions.of(new DidVersion.Id(Long.toString(block))));
  }

  private DidDocument documentAt(long block) {
    return ((DidResolution.Resolved) at(block)).document();
  }

  private static List<String> fragments(DidDocument document, VerificationRelationship purpose) {
    return document.relationships().getOrDefault(purpose, java.util.Set.of()).stream()
        .map(id -> id.fragment().orElseThrow())
        .sorted()
        .toList();
  }

  private static EvmAddress controller(DidDocument document) {
    return ((VerificationMethod.BlockchainAccount) document.verificationMethods().getFirst())
        .account()
        .address();
  }

  private void assertRefused(ErrorType error) {
    assertRefused(method.resolve(DID), error);
  }

  private static void assertRefused(DidResolution resolution, ErrorType error) {
    assertThat(resolution)
        .isInstanceOfSatisfying(
            DidResolution.Refused.class, refused -> assertThat(refused.error()).isEqualTo(error));
  }

  @Test
  void anUnchangedIdentityHasItsDefaultDocument() {
    chain.mine();
    assertThat(resolve(DID).document())
        .isEqualTo(
            ((DidResolution.Resolved)
                    new EthrDidMethod(List.of(EthrNetwork.withoutRegistry(CHAIN))).resolve(DID))
                .document());
    assertThat(resolve(DID).metadata().versionId()).isEmpty();
  }

  @Test
  void aNewOwnerControlsAndTheKeyInTheDidDoesNoMore() {
    assertThat(fragments(resolve(KEY_DID).document(), VerificationRelationship.AUTHENTICATION))
        .containsExactly("controller", "controllerKey");
    chain.mine();
    long block = chain.changeOwner(IDENTITY, OTHER);

    DidResolution.Resolved resolved = resolve(KEY_DID);
    assertThat(controller(resolved.document())).isEqualTo(OTHER);
    assertThat(resolved.document().verificationMethods()).hasSize(1);
    assertThat(resolved.metadata().versionId()).hasValue(Long.toString(block));
    assertThat(resolved.metadata().updated())
        .hasValue(Instant.ofEpochSecond(START + SECONDS_PER_BLOCK * block));
  }

  @Test
  void anIdentityThatWasGivenUpHasNoKeys() {
    chain.mine();
    chain.delegate(IDENTITY, "sigAuth", OTHER, FOR_EVER);
    chain.changeOwner(IDENTITY, EvmAddress.ZERO);
    DidResolution.Resolved resolved = resolve(DID);
    assertThat(resolved.metadata().deactivated()).isTrue();
    assertThat(resolved.document().verificationMethods()).isEmpty();
    assertThat(resolved.document().relationships()).isEmpty();
  }

  @Test
  void delegatesSignAsTheirTypeSays() {
    chain.mine();
    chain.delegate(IDENTITY, "veriKey", OTHER, FOR_EVER);
    chain.delegate(IDENTITY, "sigAuth", OTHER, FOR_EVER);
    chain.delegate(IDENTITY, "unheardOf", OTHER, FOR_EVER);
    chain.delegate(OTHER, "sigAuth", IDENTITY, FOR_EVER);
    DidDocument document = resolve(DID).document();
    assertThat(document.verificationMethods()).hasSize(3);
    assertThat(fragments(document, VerificationRelationship.ASSERTION_METHOD))
        .containsExactly("controller", "delegate-1", "delegate-2");
    assertThat(fragments(document, VerificationRelationship.AUTHENTICATION))
        .containsExactly("controller", "delegate-2");
  }

  @Test
  void anEntryIsValidBeforeItsTimeAndNotAtIt() {
    chain.mine();
    long end = START + SECONDS_PER_BLOCK * 3;
    chain.delegate(IDENTITY, "veriKey", OTHER, end);
    chain.attribute(IDENTITY, ED25519, ED25519_KEY, end);
    chain.mine();
    assertThat(resolve(DID).document().verificationMethods()).hasSize(3);
    long last = chain.mine();
    assertThat(resolve(DID).document().verificationMethods()).hasSize(1);
    assertThat(documentAt(last - 1).verificationMethods()).hasSize(3);
    assertThat(documentAt(last).verificationMethods()).hasSize(1);
  }

  @Test
  void whatWasRevokedIsGoneAndOthersKeepTheirNames() {
    chain.mine();
    chain.attribute(IDENTITY, ED25519, ED25519_KEY, FOR_EVER);
    chain.delegate(IDENTITY, "veriKey", OTHER, FOR_EVER);
    chain.attribute(IDENTITY, "did/pub/X25519/enc/base64", X25519_KEY, FOR_EVER);
    long before = chain.mine();
    chain.attribute(IDENTITY, ED25519, ED25519_KEY, 0);
    long revoked = chain.mine();
    chain.attribute(IDENTITY, "did/pub/X25519/enc/base64", X25519_KEY, 0);

    assertThat(fragments(documentAt(before - 1), VerificationRelationship.ASSERTION_METHOD))
        .containsExactly("controller", "delegate-1", "delegate-2");
    assertThat(fragments(documentAt(before), VerificationRelationship.ASSERTION_METHOD))
        .containsExactly("controller", "delegate-2");
    assertThat(fragments(documentAt(before), VerificationRelationship.KEY_AGREEMENT))
        .containsExactly("delegate-3");
    assertThat(fragments(documentAt(revoked), VerificationRelationship.KEY_AGREEMENT)).isEmpty();
  }

  @Test
  void servicesAreTextOrJson() {
    chain.mine();
    chain.attribute(IDENTITY, "did/svc/Hub", "https://hub.example".getBytes(UTF_8), FOR_EVER);
    chain.attribute(IDENTITY, "did/svc/Map", "{\"uri\":\"a:b\"}".getBytes(UTF_8), FOR_EVER);
    chain.attribute(IDENTITY, "did/svc/Bytes", new byte[] {(byte) 0xff}, FOR_EVER);
    DidResolution.Resolved resolved = resolve(DID);
    assertThat(resolved.document().services())
        .containsExactly(new DidService(DID + "#service-1", "Hub", "https://hub.example"));
    var services = JsonMapper.shared().readTree(resolved.published().orElseThrow()).path("service");
    assertThat(services).hasSize(2);
    assertThat(services.get(1).at("/serviceEndpoint/uri").stringValue()).isEqualTo("a:b");
  }

  @Test
  void whatIsNoKeyIsLeftOutAndStrangeNamesToo() {
    chain.mine();
    chain.attribute(IDENTITY, ED25519, new byte[31], FOR_EVER);
    chain.attribute(IDENTITY, "did/pub/Secp256k1/veriKey", new byte[33], FOR_EVER);
    chain.attribute(IDENTITY, "weather", ED25519_KEY, FOR_EVER);
    chain.attribute(IDENTITY, "did/pub/Rsa/veriKey", new byte[] {1, 2}, FOR_EVER);
    assertThat(resolve(DID).document().verificationMethods())
        .hasSize(2)
        .last()
        .isInstanceOfSatisfying(
            VerificationMethod.Other.class,
            other -> assertThat(other.id().fragment()).hasValue("delegate-3"));
  }

  @Test
  void versionsAreBlocksAndTimes() {
    chain.mine();
    long first = chain.changeOwner(IDENTITY, OTHER);
    chain.mine();
    long quiet = chain.mine();
    long second = chain.mine();
    chain.changeOwner(IDENTITY, IDENTITY);
    DidResolution.Resolved old = (DidResolution.Resolved) at(quiet);
    assertThat(controller(old.document())).isEqualTo(OTHER);
    assertThat(old.metadata().versionId()).hasValue(Long.toString(first));
    assertThat(old.metadata().nextVersionId()).hasValue(Long.toString(second));
    assertThat(old.metadata().nextUpdate()).isPresent();
    assertThat(controller(documentAt(0))).isEqualTo(IDENTITY);

    Instant then = Instant.ofEpochSecond(START + SECONDS_PER_BLOCK * second - 1);
    assertThat(method.resolve(DID, ResolutionOptions.of(new DidVersion.At(then))))
        .isInstanceOfSatisfying(
            DidResolution.Resolved.class,
            resolved -> assertThat(controller(resolved.document())).isEqualTo(OTHER));
    assertRefused(at(second + 1), ErrorType.NOT_FOUND);
    assertRefused(
        method.resolve(DID, ResolutionOptions.of(new DidVersion.At(Instant.MAX))),
        ErrorType.NOT_FOUND);
    for (String wrong : List.of("", "-1", "01", "latest", "1e3", "9".repeat(30))) {
      assertRefused(
          method.resolve(DID, ResolutionOptions.of(new DidVersion.Id(wrong))),
          ErrorType.INVALID_OPTIONS);
    }
  }

  @Test
  void aReorganisationWhileReadingIsReadAgain() {
    chain.mine();
    chain.changeOwner(IDENTITY, OTHER);
    chain.beforeLogs =
        () -> {
          chain.beforeLogs = () -> {};
          chain.reorganise(1);
          chain.mine();
        };
    assertThat(controller(resolve(DID).document())).isEqualTo(IDENTITY);
  }

  @Test
  void aChainWithoutRestIsABrokenDependency() {
    chain.mine();
    chain.changeOwner(IDENTITY, OTHER);
    chain.beforeLogs =
        () -> {
          chain.reorganise(1);
          chain.mine();
          chain.changeOwner(IDENTITY, OTHER);
        };
    assertRefused(ErrorType.INTERNAL_ERROR);
  }

  @Test
  void onlyConfirmedBlocksAreBelieved() {
    EthrDidMethod careful =
        new EthrDidMethod(
            List.of(EthrNetwork.withRegistry(REGISTRY, chain, new Finality.Depth(2))));
    chain.mine();
    chain.changeOwner(IDENTITY, OTHER);
    chain.mine();
    assertThat(controller(((DidResolution.Resolved) careful.resolve(DID)).document()))
        .isEqualTo(IDENTITY);
    chain.mine();
    assertThat(controller(((DidResolution.Resolved) careful.resolve(DID)).document()))
        .isEqualTo(OTHER);
    assertRefused(
        new EthrDidMethod(
                List.of(EthrNetwork.withRegistry(REGISTRY, chain, new Finality.Finalized())))
            .resolve(DID),
        ErrorType.INTERNAL_ERROR);
  }

  @Test
  void aNodeThatForgetsContradictsItselfOrIsDeadIsABrokenDependency() {
    chain.mine();
    chain.changeOwner(IDENTITY, OTHER);
    chain.mine();
    chain.changeOwner(IDENTITY, OTHER);
    var honest = chain.bend;
    chain.bend = logs -> List.of();
    assertRefused(ErrorType.INTERNAL_ERROR);
    List<org.earnest.core.chain.ChainLog> newest = chain.blocks.getLast().logs();
    chain.bend = logs -> newest;
    assertRefused(ErrorType.INTERNAL_ERROR);
    chain.bend = honest;
    assertThat(controller(resolve(DID).document())).isEqualTo(OTHER);
    chain.dead = true;
    assertRefused(ErrorType.INTERNAL_ERROR);
    assertRefused(
        new EthrDidMethod(List.of(EthrNetwork.withRegistry(OTHER, new RegistryInMemory(CHAIN))))
            .resolve(DID),
        ErrorType.INTERNAL_ERROR);
  }

  @Test
  void aHistoryBeyondTheBoundIsRefusedAfterABoundedNumberOfQuestions() {
    for (int i = 0; i < EthrHistory.MAX_BLOCKS; i++) {
      chain.mine();
      chain.changeOwner(IDENTITY, OTHER);
    }
    assertThat(controller(resolve(DID).document())).isEqualTo(OTHER);
    chain.mine();
    chain.changeOwner(IDENTITY, IDENTITY);
    chain.questions = 0;
    assertRefused(ErrorType.FEATURE_NOT_SUPPORTED);
    assertThat(chain.questions).isLessThan(EthrHistory.MAX_BLOCKS + 10);
  }
}
