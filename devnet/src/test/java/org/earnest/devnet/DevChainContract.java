package org.earnest.devnet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.time.Duration;
import org.earnest.bindings.call.TokenReads;
import org.earnest.bindings.rpc.JsonRpcChainReader;
import org.earnest.bindings.submission.JournaledTransactionSubmitter;
import org.earnest.bindings.submission.SubmissionSettings;
import org.earnest.core.chain.BlockHeader;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.testkit.submission.InMemorySubmissionJournal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What every chain to work on does alike. Each test leaves the chain as it found it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class DevChainContract {
  private static final Caip2ChainId DEVELOPMENT = Caip2ChainId.eip155(31_337);
  private static final BigInteger ETHER = BigInteger.TEN.pow(18);
  private static final int WARP_SECONDS = 100_000;

  private ChainReader reader;
  private DevChain.Snapshot before;

  /** The same chain for the whole class. */
  protected abstract DevChain chain();

  /** Whether the node reorganises by itself. */
  protected abstract boolean reorganises();

  @BeforeEach
  void remember() {
    reader = JsonRpcChainReader.connect(chain().rpc(), DEVELOPMENT);
    before = chain().snapshot();
  }

  @AfterEach
  void takeBack() {
    chain().mining(MiningMode.automatic());
    try {
      chain().revert(before);
    } catch (IllegalArgumentException revertedEarlier) {
      assertThat(revertedEarlier).hasMessageContaining(before.id());
    }
  }

  @Test
  void namesTheDevelopmentChain() {
    assertThat(chain().chainId()).isEqualTo(DEVELOPMENT);
  }

  @Test
  void fundsAnAccountForEveryRole() {
    assertThat(chain().accounts())
        .extracting(DevAccount::role)
        .containsExactly(DevAccount.Role.values());
    assertThat(chain().accounts())
        .allSatisfy(
            account ->
                assertThat(reader.balance(account.address(), BlockTag.Named.LATEST))
                    .isGreaterThan(ETHER));
  }

  @Test
  void minesAsManyBlocksAsAsked() {
    long head = head().ref().number();
    chain().mine(7);
    assertThat(head().ref().number()).isEqualTo(head + 7);
  }

  @Test
  void refusesToMineNothing() {
    assertThatThrownBy(() -> chain().mine(0)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void letsTimePass() {
    long head = head().timestamp();
    chain().warp(Duration.ofSeconds(WARP_SECONDS));
    assertThat(head().timestamp()).isGreaterThanOrEqualTo(head + WARP_SECONDS);
  }

  @Test
  void readersKnowTheTimeThatWasTaken() {
    long before = reader.time();
    chain().warp(Duration.ofSeconds(WARP_SECONDS));
    assertThat(reader.time()).isGreaterThanOrEqualTo(before + WARP_SECONDS);
  }

  @Test
  void timeGoesOnFromWhereItWasTaken() {
    long then = head().timestamp() + WARP_SECONDS;
    chain().warpTo(then);
    assertThat(head().timestamp()).isEqualTo(then);
    chain().mine(1);
    assertThat(head().timestamp()).isGreaterThanOrEqualTo(then);
  }

  @Test
  void theNextBlockHasTheTimeThatItWasGiven() {
    long then = head().timestamp() + WARP_SECONDS;
    chain().nextBlockAt(then);
    assertThat(receiptSoon(sendEther())).isTrue();
    assertThat(head().timestamp()).isEqualTo(then);
    assertThatThrownBy(() -> chain().nextBlockAt(then - 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void setsStorage() {
    EvmAddress account = new EvmAddress("0x00000000000000000000000000000000000e4e58");
    Hash32 slot = new Hash32("0x" + "0".repeat(63) + "7");
    Hash32 value = new Hash32("0x" + "ab".repeat(Hash32.BYTES));
    chain().setStorage(account, slot, value);
    assertThat(
            chain()
                .rpc()
                .require("eth_getStorageAt", account.hex(), slot.hex(), "latest")
                .asString())
        .isEqualTo(value.hex());
  }

  @Test
  void refusesToTurnTimeBack() {
    long now = head().timestamp();
    assertThatThrownBy(() -> chain().warpTo(now)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> chain().warp(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> chain().warp(Duration.ofMillis(1500)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void comesBackToASnapshotOnce() {
    EvmAddress account =
        EvmAddress.of(
            new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20});
    BlockHeader head = head();
    DevChain.Snapshot snapshot = chain().snapshot();
    chain().setBalance(account, ETHER);
    chain().mine(3);
    chain().revert(snapshot);
    assertThat(head()).isEqualTo(head);
    assertThat(reader.balance(account, BlockTag.Named.LATEST)).isZero();
    assertThatThrownBy(() -> chain().revert(snapshot)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aRevertedAndRegrownChainIsAReorganisation() {
    DevChain.Snapshot snapshot = chain().snapshot();
    long height = head().ref().number();
    Hash32 sent = sendEther();
    assertThat(receiptSoon(sent)).isTrue();
    Hash32 replaced = block(height + 1).ref().hash();
    chain().revert(snapshot);
    chain().mine(2);
    assertThat(block(height + 1).ref().hash()).isNotEqualTo(replaced);
    assertThat(reader.receipt(sent)).isEmpty();
  }

  @Test
  void reorganisesOrSaysWhatToDoInstead() {
    chain().mine(5);
    long height = head().ref().number();
    Hash32 sent = sendEther();
    assertThat(receiptSoon(sent)).isTrue();
    BlockHeader lost = head();
    if (reorganises()) {
      chain().reorg(2);
      assertThat(head().ref().number()).isEqualTo(height + 1);
      assertThat(reader.blockByHash(lost.ref().hash())).isEmpty();
      assertThat(reader.receipt(sent)).isEmpty();
    } else {
      assertThatThrownBy(() -> chain().reorg(2))
          .isInstanceOf(ChainControlRefusedException.class)
          .hasMessageContaining("snapshot");
      assertThat(head()).isEqualTo(lost);
    }
  }

  @Test
  void setsBalancesAndCode() {
    EvmAddress account = new EvmAddress("0x00000000000000000000000000000000000e4e57");
    chain().setBalance(account, BigInteger.TWO);
    chain().setCode(account, "0x600160005260206000f3");
    assertThat(reader.balance(account, BlockTag.Named.LATEST)).isEqualTo(BigInteger.TWO);
    assertThat(reader.code(account, BlockTag.Named.LATEST)).isEqualTo("0x600160005260206000f3");
  }

  @Test
  void minesWhenItIsTold() {
    chain().mining(MiningMode.manual());
    Hash32 sent = sendEther();
    assertThat(reader.receipt(sent)).isEmpty();
    chain().mine(1);
    assertThat(receiptSoon(sent)).isTrue();
  }

  @Test
  void minesAtIntervals() {
    chain().mining(MiningMode.every(Duration.ofSeconds(1)));
    assertThat(receiptSoon(sendEther())).isTrue();
    chain().mining(MiningMode.automatic());
    assertThat(receiptSoon(sendEther())).isTrue();
  }

  @Test
  void deploysOnceAndFundsOnce() {
    NodeSignedSubmitter submitter =
        new NodeSignedSubmitter(chain(), chain().account(DevAccount.Role.DEPLOYER).address());
    Deployed deployed = Deployment.ensure(chain(), submitter);
    TestMoney.ensure(chain(), deployed, submitter);
    assertThat(deployed).isEqualTo(Deployment.addresses(DEVELOPMENT));
    assertThat(reader.code(deployed.dealEscrow(), BlockTag.Named.LATEST)).hasSizeGreaterThan(2);
    TokenReads usdc = new TokenReads(reader, deployed.usdc());
    EvmAddress buyer = chain().account(DevAccount.Role.BUYER).address();
    assertThat(usdc.balance(buyer, BlockTag.Named.LATEST)).isEqualTo(TestMoney.GRANT);

    int sent = submitter.sent();
    assertThat(Deployment.ensure(chain(), submitter)).isEqualTo(deployed);
    TestMoney.ensure(chain(), deployed, submitter);
    assertThat(submitter.sent()).isEqualTo(sent);
  }

  @Test
  void theSubmissionEngineDeploysAndDeploysAgainAfterAReorganisation() {
    JournaledTransactionSubmitter submitter =
        new JournaledTransactionSubmitter(
            chain().rpc(),
            reader,
            chain().account(DevAccount.Role.DEPLOYER).signer(),
            new InMemorySubmissionJournal(),
            SubmissionSettings.DEFAULT.withIntervals(
                Duration.ofMillis(100), Duration.ofMillis(500)));
    DevChain.Snapshot bare = chain().snapshot();
    Deployed deployed = Deployment.ensure(chain(), submitter);
    TestMoney.ensure(chain(), deployed, submitter);

    chain().revert(bare);
    chain().mine(1);
    assertThat(reader.code(deployed.dealEscrow(), BlockTag.Named.LATEST)).isEqualTo("0x");

    submitter.reconcile();
    assertThat(Deployment.ensure(chain(), submitter)).isEqualTo(deployed);
    TestMoney.ensure(chain(), deployed, submitter);
    EvmAddress seller = chain().account(DevAccount.Role.SELLER).address();
    assertThat(new TokenReads(reader, deployed.usdc()).balance(seller, BlockTag.Named.LATEST))
        .isEqualTo(TestMoney.GRANT);
  }

  @Test
  void deploysWhatIsMissing() {
    NodeSignedSubmitter submitter =
        new NodeSignedSubmitter(chain(), chain().account(DevAccount.Role.DEPLOYER).address());
    Deployed deployed = Deployment.addresses(DEVELOPMENT);
    chain().setCode(deployed.identityRegistry(), "0x01");
    Deployment.ensure(chain(), submitter);
    assertThat(reader.code(deployed.identityRegistry(), BlockTag.Named.LATEST)).isEqualTo("0x01");
    assertThat(submitter.sent()).isEqualTo(Contract.values().length - 1);
  }

  private Hash32 sendEther() {
    return new NodeSignedSubmitter(chain(), chain().account(DevAccount.Role.STRANGER).address())
        .send(chain().account(DevAccount.Role.BUYER).address(), "0x", BigInteger.ONE);
  }

  private boolean receiptSoon(Hash32 transaction) {
    return NodeSignedSubmitter.await(reader, transaction, Duration.ofMinutes(2)).isPresent();
  }

  private BlockHeader head() {
    return reader.block(BlockTag.Named.LATEST).orElseThrow();
  }

  private BlockHeader block(long number) {
    return reader.block(new BlockTag.Height(number)).orElseThrow();
  }
}
