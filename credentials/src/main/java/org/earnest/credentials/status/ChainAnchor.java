package org.earnest.credentials.status;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.earnest.bindings.anchor.AnchorEntry;
import org.earnest.bindings.anchor.AnchorTree;
import org.earnest.bindings.call.CredentialAnchorCalls;
import org.earnest.core.chain.ChainCall;
import org.earnest.core.chain.ChainUnavailableException;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.submission.JournalUnavailableException;
import org.earnest.core.submission.SubmissionOutcome;
import org.earnest.core.submission.SubmissionRequest;
import org.earnest.core.submission.TransactionSubmitter;

/** Anchors lists in {@code CredentialAnchor}, each as its own root, in the sender's name. */
public final class ChainAnchor implements StatusListAnchor {
  /** Nobody waits for it: once it is signed, the submitter sees it through. */
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final TransactionSubmitter submitter;
  private final EvmAddress contract;

  public ChainAnchor(TransactionSubmitter submitter, EvmAddress contract) {
    this.submitter = submitter;
    this.contract = contract;
  }

  @Override
  public boolean anchor(URI list, byte[] content) {
    Hash32 root = AnchorTree.of(List.of(AnchorEntry.of(list.toString(), content))).root();
    ChainCall call = new CredentialAnchorCalls(contract).anchor(root);
    try {
      return switch (submitter.submit(
          new SubmissionRequest("credential-anchor:" + root.hex(), call.to(), call.data()),
          PATIENCE)) {
        case SubmissionOutcome.Settled settled -> true;
        case SubmissionOutcome.Pending pending -> true;
        case SubmissionOutcome.Unknown unknown -> true;
        case SubmissionOutcome.Rejected rejected -> false;
      };
    } catch (ChainUnavailableException | JournalUnavailableException later) {
      return false;
    }
  }
}
