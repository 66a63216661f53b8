package org.earnest.bindings.submission;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Duration;
import java.util.Optional;
import org.earnest.bindings.crypto.LocalSigner;
import org.earnest.bindings.signer.RemoteSigner;
import org.earnest.core.submission.SubmissionOutcome;
import org.earnest.core.submission.SubmissionState.Prepared;
import org.earnest.testkit.signer.SignerFault;
import org.earnest.testkit.signer.Web3SignerStub;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An account whose key is elsewhere, and not always there. */
final class SubmissionRemoteSignerIT extends SubmissionFixture {
  private static final SubmissionOutcome NOT_SIGNED =
      new SubmissionOutcome.Unknown(Optional.empty());

  /** For a signature; where one is sure to come, a busy machine may take its time. */
  private static final Duration ANSWER = Duration.ofSeconds(10);

  private static final Duration NO_ANSWER = Duration.ofSeconds(2);

  private Web3SignerStub server;
  private RemoteSigner signer;

  @BeforeEach
  void startSigner() {
    server = new Web3SignerStub(sandbox.seller, sandbox.seller.publicKey(), LocalSigner.random());
    signer = RemoteSigner.at(server.url(), sandbox.seller.address(), ANSWER);
  }

  private void fail(SignerFault fault) {
    if (fault == SignerFault.SILENT) {
      signer = RemoteSigner.at(server.url(), sandbox.seller.address(), NO_ANSWER);
    }
    server.fail(fault);
  }

  @AfterEach
  void stopSigner() {
    server.close();
  }

  @Test
  void itsTransactionsAreMined() {
    SubmissionOutcome outcome = submitter(signer, SETTINGS).submit(mint("a"), PATIENCE);

    assertThat(outcome).isInstanceOf(SubmissionOutcome.Settled.class);
    assertThat(minted()).isEqualTo(TEN);
  }

  @ParameterizedTest
  @EnumSource
  void whileItFailsNothingIsSentAndLaterEverythingOnce(SignerFault fault) {
    fail(fault);
    JournaledTransactionSubmitter submitter = submitter(signer, SETTINGS);

    for (String key : new String[] {"a", "b", "c"}) {
      assertThat(submitter.submit(mint(key), SHORT)).isEqualTo(NOT_SIGNED);
      assertThat(state(key)).isInstanceOf(Prepared.class);
    }
    assertThat(wire.calls("eth_sendRawTransaction")).isZero();

    server.recover();
    submitter.reconcile();

    for (String key : new String[] {"c", "a", "b"}) {
      assertThat(submitter.submit(mint(key), PATIENCE))
          .isInstanceOf(SubmissionOutcome.Settled.class);
    }
    assertThat(minted()).isEqualTo(TEN.multiply(BigInteger.valueOf(3)));
  }

  @Test
  void aCallerWithPatienceWaitsForIt() {
    server.failNext(SignerFault.DROPPED, 3);

    assertThat(submitter(signer, SETTINGS).submit(mint("a"), PATIENCE))
        .isInstanceOf(SubmissionOutcome.Settled.class);
    assertThat(server.asked()).isEqualTo(4);
    assertThat(minted()).isEqualTo(TEN);
  }

  @Test
  void aRestartFindsWhatWaitedForIt() {
    server.fail(SignerFault.BROKEN);
    assertThat(submitter(signer, SETTINGS).submit(mint("a"), SHORT)).isEqualTo(NOT_SIGNED);

    server.recover();
    JournaledTransactionSubmitter restarted = submitter(signer, SETTINGS);
    assertThat(restarted.reconcile().resent()).isEqualTo(1);

    assertThat(restarted.submit(mint("a"), PATIENCE)).isInstanceOf(SubmissionOutcome.Settled.class);
    assertThat(minted()).isEqualTo(TEN);
  }

  @Test
  void oneRoundAsksASignerThatIsAwayOnlyOnce() {
    fail(SignerFault.SILENT);
    JournaledTransactionSubmitter submitter = submitter(signer, SETTINGS);
    for (String key : new String[] {"a", "b", "c"}) {
      assertThat(submitter.submit(mint(key), SHORT)).isEqualTo(NOT_SIGNED);
    }
    int before = server.asked();

    submitter.reconcile();

    assertThat(server.asked()).isEqualTo(before + 1);
  }

  /** Its fees cannot be raised without the key; the bytes that are signed go out all the same. */
  @Test
  void whatIsSignedIsSentAgainWhileItIsAway() {
    JournaledTransactionSubmitter submitter = submitter(signer, SETTINGS);
    automine(false);
    assertThat(submitter.submit(mint("a"), SHORT)).isInstanceOf(SubmissionOutcome.Pending.class);
    forget("a");
    server.fail(SignerFault.DROPPED);

    submitter.reconcile();
    automine(true);
    mine();

    assertThat(submitter.submit(mint("a"), PATIENCE)).isInstanceOf(SubmissionOutcome.Settled.class);
    assertThat(minted()).isEqualTo(TEN);
  }
}
