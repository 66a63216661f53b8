package org.earnest.cli.host;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.earnest.bindings.rpc.JsonRpc;
import org.earnest.bindings.rpc.JsonRpcChainReader;
import org.earnest.bindings.submission.SubmissionSettings;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.chain.EvmSigner;
import org.earnest.core.submission.Finality;
import org.earnest.core.submission.TransactionSubmitter;
import org.earnest.devnet.RpcUrls;
import org.earnest.kit.postgres.Database;
import org.earnest.kit.process.Lifecycle;
import org.earnest.kit.submission.PostgresSubmissionJournal;
import org.earnest.kit.submission.SubmissionMetrics;

/**
 * An account on a chain whose transactions are journaled, and seen through in the background.
 *
 * @param finality when what it sends counts as final
 */
public record ChainAccount(ChainReader chain, TransactionSubmitter submitter, Finality finality) {
  private static final Duration CHAIN_SETTLES = Duration.ofSeconds(5);

  /**
   * Opens one, and takes up what an earlier run left open.
   *
   * @throws org.earnest.kit.process.StartupException {@code chain_replaced}
   */
  public static ChainAccount open(
      Lifecycle lifecycle, List<URI> nodes, Database database, EvmSigner signer) {
    JsonRpc rpc = RpcUrls.connect(nodes);
    ChainReader chain = JsonRpcChainReader.connect(rpc);
    ChainIdentity identity = ChainIdentity.requireAmongSeveral(database, chain);
    SubmissionSettings settings = SubmissionSettings.DEFAULT;
    Submitters submitters =
        lifecycle.start(
            () ->
                new Submitters(
                    rpc,
                    chain,
                    PostgresSubmissionJournal.open(database),
                    settings,
                    new SubmissionMetrics(new SimpleMeterRegistry())));
    lifecycle.start(() -> identity.rememberAfter(CHAIN_SETTLES));
    return new ChainAccount(chain, submitters.of(signer), submitters.finality());
  }
}
