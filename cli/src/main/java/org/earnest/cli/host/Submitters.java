package org.earnest.cli.host;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.earnest.bindings.rpc.JsonRpc;
import org.earnest.bindings.submission.JournaledTransactionSubmitter;
import org.earnest.bindings.submission.SubmissionSettings;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.EvmSigner;
import org.earnest.core.submission.SubmissionJournal;
import org.earnest.core.submission.TransactionSubmitter;

/** The one way to the chain: a journaled submitter per signer, all with one journal. */
final class Submitters {
  private final JsonRpc rpc;
  private final ChainReader reader;
  private final SubmissionJournal journal;
  private final Map<EvmAddress, TransactionSubmitter> bySender = new ConcurrentHashMap<>();

  Submitters(JsonRpc rpc, ChainReader reader, SubmissionJournal journal) {
    this.rpc = rpc;
    this.reader = reader;
    this.journal = journal;
  }

  /**
   * The signer's submitter; there is one per account, as its nonces are one sequence. What an
   * earlier run left open is taken up before the first new transaction.
   */
  TransactionSubmitter of(EvmSigner signer) {
    return bySender.computeIfAbsent(signer.address(), sender -> reconciled(signer));
  }

  private TransactionSubmitter reconciled(EvmSigner signer) {
    JournaledTransactionSubmitter submitter =
        new JournaledTransactionSubmitter(rpc, reader, signer, journal, SubmissionSettings.DEFAULT);
    submitter.reconcile();
    return submitter;
  }
}
