package org.earnest.bindings.submission;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.earnest.bindings.crypto.LocalSigner;
import org.earnest.bindings.signer.SigningPolicy;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.submission.SubmissionOutcome;
import org.earnest.core.submission.SubmissionOutcome.Settled;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Several accounts as one submitter. */
final class SubmitterPoolIT extends SubmissionFixture {
  private JournaledTransactionSubmitter buyers;
  private JournaledTransactionSubmitter sellers;

  private SubmitterPool pool;

  @BeforeEach
  void gather() {
    buyers = submitter(sandbox.buyer, SETTINGS);
    sellers = submitter(sandbox.seller, SETTINGS);
    pool = new SubmitterPool(sandbox.chain.chainId(), journal, List.of(buyers, sellers));
  }

  @Test
  void theAccountWithTheLeastBeforeItIsTaken() {
    automine(false);
    for (int i = 0; i < 6; i++) {
      pool.submit(mint("k/" + i), Duration.ZERO);
    }

    assertThat(buyers.backlog()).isEqualTo(3);
    assertThat(sellers.backlog()).isEqualTo(3);
    mine();
    buyers.reconcile();
    sellers.reconcile();
    assertThat(buyers.backlog() + sellers.backlog()).isZero();
    assertThat(minted()).isEqualTo(BigInteger.valueOf(60));
  }

  @Test
  void whatAnAccountWasGivenStaysWithIt() {
    automine(false);
    pool.submit(mint("a"), Duration.ZERO);
    EvmAddress signer = state("a").planned().orElseThrow().signer();
    assertThat(pool.submit(mint("a"), SHORT)).isInstanceOf(SubmissionOutcome.Pending.class);
    automine(true);
    mine();

    assertThat(pool.submit(mint("a"), PATIENCE))
        .isInstanceOfSatisfying(
            Settled.class, settled -> assertThat(settled.receipt().from()).isEqualTo(signer));
    assertThat(minted()).isEqualTo(TEN);
  }

  private static SubmissionSettings forbidden() {
    return SETTINGS.withPolicy(
        new SigningPolicy(Map.of(), BigInteger.ZERO, BigInteger.TEN, BigInteger.TEN));
  }

  private SubmitterPool pool(JournaledTransactionSubmitter... members) {
    return new SubmitterPool(sandbox.chain.chainId(), journal, List.of(members));
  }

  @Test
  void whatOneAccountMayNotSignAnotherSends() {
    pool = pool(submitter(sandbox.buyer, forbidden()), sellers);
    for (String key : List.of("a", "b", "c")) {
      assertThat(pool.submit(mint(key), PATIENCE))
          .isInstanceOfSatisfying(
              Settled.class,
              settled -> assertThat(settled.receipt().from()).isEqualTo(sellers.sender()));
    }
  }

  @Test
  void whatOneAccountCannotPayAnotherPays() {
    pool = pool(submitter(LocalSigner.random(), SETTINGS), sellers);
    assertThat(pool.submit(mint("a"), PATIENCE)).isInstanceOf(Settled.class);
  }

  @Test
  void whatNoneMaySignIsRefusedHoweverOften() {
    pool = pool(submitter(sandbox.buyer, forbidden()), submitter(sandbox.seller, forbidden()));
    for (int asked = 0; asked < 3; asked++) {
      assertThat(code(pool.submit(mint("a"), PATIENCE))).contains("policy_contract_not_allowed");
    }
    assertThat(minted()).isZero();
  }

  @Test
  void allAccountsAreItsSenders() {
    assertThat(pool.senders()).containsExactly(buyers.sender(), sellers.sender());
    assertThat(pool.sender()).isEqualTo(buyers.sender());
    assertThat(buyers.senders()).containsExactly(buyers.sender());
  }

  @Test
  void manyRequestsAtOnceAreSpreadAndEachIsMinedOnce() throws Exception {
    List<Callable<SubmissionOutcome>> calls = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      String key = "k/" + i / 3;
      calls.add(() -> pool.submit(mint(key), PATIENCE));
    }
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<SubmissionOutcome> outcome : threads.invokeAll(calls)) {
        assertThat(outcome.get()).isInstanceOf(Settled.class);
      }
    }

    assertThat(minted()).isEqualTo(BigInteger.valueOf(200));
    assertThat(journal.fromNonce(sandbox.chain.chainId(), buyers.sender(), 0)).isNotEmpty();
    assertThat(journal.fromNonce(sandbox.chain.chainId(), sellers.sender(), 0)).isNotEmpty();
  }
}
