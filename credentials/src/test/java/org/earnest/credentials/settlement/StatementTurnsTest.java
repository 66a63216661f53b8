package org.earnest.credentials.settlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.earnest.credentials.CredentialFixture.CLOCK;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.earnest.core.chain.BlockRef;
import org.earnest.core.chain.Caip19AssetId;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.SignerUnavailableException;
import org.earnest.core.credential.StatementForm;
import org.earnest.core.credential.StatementOutcome;
import org.earnest.core.identity.AgentId;
import org.earnest.core.identity.DidSigner;
import org.earnest.core.reputation.ReputationStatement;
import org.earnest.core.reputation.SettledSummary;
import org.earnest.credentials.CredentialFixture;
import org.earnest.credentials.CredentialIssuer;
import org.earnest.credentials.GatedSigner;
import org.earnest.credentials.Issuers;
import org.earnest.credentials.SelectiveFixture;
import org.junit.jupiter.api.Test;

/** Many who ask for what costs many signatures. */
class StatementTurnsTest {
  private static final StatementForm IN_PARTS =
      new StatementForm(Optional.of("ecdsa-sd-2023"), Optional.empty());
  private static final int PATIENCE_MINUTES = 2;

  private final CountDownLatch signing = new CountDownLatch(StatementForms.SELECTIVE_AT_ONCE);
  private final CountDownLatch maySign = new CountDownLatch(1);

  private void waitUntilItMaySign() {
    signing.countDown();
    await(maySign);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(PATIENCE_MINUTES, TimeUnit.MINUTES)).isTrue();
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  private static StatementIssuer by(DidSigner selective) {
    CredentialIssuer inParts =
        new CredentialIssuer(selective, SelectiveFixture.SUITE, SelectiveFixture.CONTEXTS, CLOCK);
    return new StatementIssuer(
        new Issuers(List.of(new CredentialFixture().issuer(), inParts)), CLOCK);
  }

  private static ReputationStatement statement() {
    Caip19AssetId usdc = Caip19AssetId.parse("eip155:1/erc20:0x" + "dc".repeat(20));
    return new ReputationStatement(
        AgentId.parse("eip155:1:0x" + "aa".repeat(20) + ":7"),
        new EvmAddress("0x" + "ee".repeat(20)),
        2,
        List.of(
            new ReputationStatement.Total(
                usdc, new SettledSummary(BigInteger.TEN, 11, 10, 710, 1, 0, 0))),
        new BlockRef(usdc.chain(), 42, new Hash32("0x" + "b0".repeat(32))));
  }

  @Test
  void soManyAreMadeAtOnceAndWhoeverElseAsksComesAgain() {
    StatementIssuer issuer =
        by(new GatedSigner(new SelectiveFixture().signer, this::waitUntilItMaySign));
    List<CompletableFuture<StatementOutcome>> first = new ArrayList<>();
    try (ExecutorService others = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int turn = 0; turn < StatementForms.SELECTIVE_AT_ONCE; turn++) {
        first.add(CompletableFuture.supplyAsync(() -> issuer.issue(statement(), IN_PARTS), others));
      }
      await(signing);

      assertThat(issuer.issue(statement(), IN_PARTS)).isInstanceOf(StatementOutcome.Busy.class);
      assertThat(issuer.issue(statement(), StatementForm.USUAL))
          .isInstanceOf(StatementOutcome.Issued.class);
      maySign.countDown();
      assertThat(first)
          .allSatisfy(one -> assertThat(one.join()).isInstanceOf(StatementOutcome.Issued.class));
    } finally {
      maySign.countDown();
    }
    assertThat(issuer.issue(statement(), IN_PARTS)).isInstanceOf(StatementOutcome.Issued.class);
  }

  @Test
  void aTurnThatFailsIsFreeAgain() {
    StatementIssuer issuer =
        by(GatedSigner.away(new SelectiveFixture().signer, new AtomicBoolean(true)));
    for (int turn = 0; turn <= StatementForms.SELECTIVE_AT_ONCE; turn++) {
      assertThatThrownBy(() -> issuer.issue(statement(), IN_PARTS))
          .isInstanceOf(SignerUnavailableException.class);
    }
  }
}
