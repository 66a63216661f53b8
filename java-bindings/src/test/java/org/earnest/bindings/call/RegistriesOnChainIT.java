package org.earnest.bindings.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.earnest.bindings.call.Bazaar.LATEST;
import static org.earnest.bindings.call.Bazaar.events;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.earnest.bindings.anchor.AnchorEntry;
import org.earnest.bindings.anchor.AnchorTree;
import org.earnest.bindings.call.ReputationRegistryCalls.Feedback;
import org.earnest.bindings.call.ReputationRegistryReads.Entry;
import org.earnest.bindings.call.ReputationRegistryReads.FeedbackPage;
import org.earnest.bindings.call.ReputationRegistryReads.Filter;
import org.earnest.bindings.call.ValidationRegistryReads.Summary;
import org.earnest.bindings.call.ValidationRegistryReads.Validation;
import org.earnest.bindings.chain.Sandbox;
import org.earnest.bindings.contract.CredentialAnchor;
import org.earnest.bindings.contract.ValidationRegistry;
import org.earnest.bindings.event.AnchorEvent;
import org.earnest.bindings.event.IdentityEvent;
import org.earnest.bindings.event.ValidationEvent;
import org.earnest.bindings.revert.RevertDecoder;
import org.earnest.core.chain.CallOutcome;
import org.earnest.core.chain.ChainCall;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Validations, pages of feedback, and anchors, against the contracts. */
final class RegistriesOnChainIT {
  private static final long SEED = 8004;
  private static final Hash32 REASONS = new Hash32("0x" + "ab".repeat(32));
  private static final String WORK = "https://agent.example/work/1.json";

  private static Sandbox sandbox;
  private static EvmAddress owner;
  private static EvmAddress other;

  @BeforeAll
  static void start() {
    sandbox = new Sandbox();
    owner = sandbox.buyer.address();
    other = sandbox.seller.address();
  }

  @AfterAll
  static void stop() {
    sandbox.close();
  }

  private static BigInteger register() {
    return events(
            sandbox.send(owner, new IdentityRegistryCalls(sandbox.identity).register("ipfs://a")))
        .stream()
        .filter(IdentityEvent.Registered.class::isInstance)
        .map(event -> ((IdentityEvent.Registered) event).agentId())
        .findFirst()
        .orElseThrow();
  }

  private static String refusal(EvmAddress from, ChainCall call) {
    CallOutcome outcome =
        sandbox.chain.call(new ChainCall(Optional.of(from), call.to(), call.data()), LATEST);
    return RevertDecoder.decode(((CallOutcome.Reverted) outcome).data()).toString();
  }

  @Test
  void aValidatorAnswersWhatAnAgentAsked() {
    EvmAddress registry = sandbox.deploy(CreationCode.validationRegistry(sandbox.identity));
    ValidationRegistryCalls calls = new ValidationRegistryCalls(registry);
    ValidationRegistryReads reads = new ValidationRegistryReads(sandbox.chain, registry);
    BigInteger agent = register();
    Hash32 request = ValidationRegistryCalls.requestHash(agent, other, WORK, REASONS);

    assertThat(reads.validation(request, LATEST)).isEmpty();
    assertThat(refusal(other, calls.request(other, agent, WORK, request)))
        .isEqualTo("Not authorized");
    assertThat(events(sandbox.send(owner, calls.request(other, agent, WORK, request))))
        .containsExactly(new ValidationEvent.Requested(other, agent, WORK, request));
    assertThat(reads.answered(request, LATEST)).isFalse();
    assertThat(refusal(owner, calls.request(other, agent, WORK, request))).isEqualTo("exists");

    assertThat(events(sandbox.send(other, calls.respond(request, 0, "ipfs://r", REASONS, "soft"))))
        .containsExactly(
            new ValidationEvent.Responded(other, agent, request, 0, "ipfs://r", REASONS, "soft"));
    assertThat(reads.answered(request, LATEST)).isTrue();
    assertThat(reads.validation(request, LATEST))
        .contains(new Validation(other, agent, 0, REASONS, "soft", sandbox.now()));
    sandbox.send(other, calls.respond(request, 90, "", Hash32.ZERO, ""));
    assertThat(reads.summary(agent, List.of(), "", LATEST)).isEqualTo(new Summary(1, 90));
    assertThat(reads.summary(agent, List.of(owner), "", LATEST)).isEqualTo(new Summary(0, 0));
    assertThat(refusal(other, calls.respond(request, 101, "", Hash32.ZERO, "")))
        .isEqualTo("resp>100");
    assertThat(reads.ofAgent(agent, 0, 5, LATEST)).isEqualTo(new Page<>(List.of(request), 1));
    assertThat(reads.toValidator(other, 1, 5, LATEST)).isEqualTo(new Page<>(List.of(), 1));
  }

  @Test
  void aRequestHashIsTheContracts() {
    EvmAddress registry = sandbox.deploy(CreationCode.validationRegistry(sandbox.identity));
    ValidationRegistry abi = Wrappers.validationRegistry();
    ContractReads reads = new ContractReads(sandbox.chain, registry);
    Random random = new Random(SEED);
    for (int i = 0; i < 20; i++) {
      BigInteger agent = new BigInteger(256, random);
      String uri = "u".repeat(random.nextInt(70));
      Hash32 salt = word(random);
      Hash32 theirs =
          reads.read(
              abi.requestHashOf(agent, other.hex(), uri, salt.bytes()),
              LATEST,
              values -> Hash32.of(values.get(0, byte[].class)));
      assertThat(ValidationRegistryCalls.requestHash(agent, other, uri, salt))
          .as("seed %d, round %d", SEED, i)
          .isEqualTo(theirs);
    }
  }

  @Test
  void feedbackIsReadByThePage() {
    BigInteger agent = register();
    ReputationRegistryCalls calls = new ReputationRegistryCalls(sandbox.reputation);
    ReputationRegistryReads reads = new ReputationRegistryReads(sandbox.chain, sandbox.reputation);
    for (int i = 1; i <= 5; i++) {
      Feedback feedback =
          new Feedback(
              BigInteger.valueOf(-i), i, i % 2 == 0 ? "even" : "", "t", "", "", Hash32.ZERO);
      assertThat(sandbox.send(other, calls.giveFeedback(agent, feedback)).succeeded()).isTrue();
    }
    sandbox.send(other, calls.revokeFeedback(agent, 4));

    List<Entry> all = new ArrayList<>();
    BigInteger cursor = BigInteger.ZERO;
    do {
      FeedbackPage page = reads.feedback(agent, Filter.EVERYTHING, cursor, 2, LATEST);
      all.addAll(page.entries());
      cursor = page.next();
    } while (cursor.signum() != 0);
    assertThat(all).extracting(Entry::index).containsExactly(1L, 2L, 3L, 4L, 5L);
    assertThat(all.get(3))
        .isEqualTo(new Entry(other, 4, BigInteger.valueOf(-4), 4, "even", "t", true));
    assertThat(
            reads
                .feedback(agent, new Filter("even", "", false), BigInteger.ZERO, 10, LATEST)
                .entries())
        .extracting(Entry::index)
        .containsExactly(2L);
    assertThat(reads.clients(agent, 0, 10, LATEST)).isEqualTo(new Page<>(List.of(other), 1));
    assertThat(reads.feedback(agent.add(BigInteger.TEN), Filter.EVERYTHING, cursor, 10, LATEST))
        .isEqualTo(new FeedbackPage(List.of(), BigInteger.ZERO));
  }

  @Test
  void everyEntryOfATreeIsProven() {
    EvmAddress contract = sandbox.deploy(CreationCode.credentialAnchor());
    CredentialAnchorCalls calls = new CredentialAnchorCalls(contract);
    CredentialAnchorReads reads = new CredentialAnchorReads(sandbox.chain, contract);
    for (int size : new int[] {1, 2, 3, 7, 12}) {
      List<AnchorEntry> entries =
          IntStream.range(0, size)
              .mapToObj(
                  i -> AnchorEntry.of("list " + i, ("of " + size).getBytes(StandardCharsets.UTF_8)))
              .toList();
      AnchorTree tree = AnchorTree.of(entries);
      assertThat(events(sandbox.send(owner, calls.anchor(tree.root()))))
          .containsExactly(new AnchorEvent.Anchored(owner, tree.root()));
      Instant time = Instant.ofEpochSecond(sandbox.now());
      assertThat(reads.anchoredAt(owner, tree.root(), LATEST)).contains(time);
      assertThat(reads.anchoredAt(other, tree.root(), LATEST)).isEmpty();
      for (int i = 0; i < size; i++) {
        assertThat(reads.provenAt(owner, entries.get(i), tree.proof(i), LATEST)).contains(time);
        AnchorEntry forged = new AnchorEntry(entries.get(i).subject(), REASONS);
        assertThat(reads.provenAt(owner, forged, tree.proof(i), LATEST)).isEmpty();
      }
    }
  }

  @Test
  void aLeafIsTheContractsAndARootIsAnchoredOnce() {
    EvmAddress contract = sandbox.deploy(CreationCode.credentialAnchor());
    CredentialAnchor abi = Wrappers.credentialAnchor();
    CredentialAnchorCalls calls = new CredentialAnchorCalls(contract);
    Random random = new Random(SEED);
    AnchorEntry entry = new AnchorEntry(word(random), word(random));
    Hash32 leaf =
        new ContractReads(sandbox.chain, contract)
            .read(
                abi.leafOf(entry.subject().bytes(), entry.digest().bytes()),
                LATEST,
                values -> Hash32.of(values.get(0, byte[].class)));
    assertThat(entry.leaf()).as("seed %d", SEED).isEqualTo(leaf);
    assertThat(refusal(owner, calls.anchor(Hash32.ZERO))).isEqualTo("EmptyRoot()");
    sandbox.send(owner, calls.anchor(leaf));
    assertThat(refusal(owner, calls.anchor(leaf)))
        .isEqualTo("AlreadyAnchored(" + sandbox.now() + ")");
  }

  private static Hash32 word(Random random) {
    byte[] bytes = new byte[Hash32.BYTES];
    random.nextBytes(bytes);
    return Hash32.of(bytes);
  }
}
