package org.earnest.bindings.submission;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.earnest.bindings.rpc.JsonRpc;
import org.earnest.bindings.rpc.JsonRpcChainReader;
import org.earnest.bindings.rpc.RpcReply;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.submission.ForwardingSubmissionJournal;
import org.earnest.core.submission.SubmissionId;
import org.earnest.core.submission.SubmissionJournal;
import org.earnest.core.submission.SubmissionOutcome;
import org.earnest.core.submission.SubmissionRequest;
import org.earnest.core.submission.SubmissionState;
import org.earnest.testkit.submission.InMemorySubmissionJournal;

/** One engine on a simulated chain, whose node answers as told. */
abstract class SubmissionOnASimulatedNode {
  final SimulatedChain chain = new SimulatedChain();
  final SimulatedNode node = new SimulatedNode(chain);
  final SimulatedTime time = new SimulatedTime();
  final List<SubmissionState> steps = new ArrayList<>();
  final SubmissionJournal journal =
      new ForwardingSubmissionJournal(new InMemorySubmissionJournal(time)) {
        @Override
        public Transition advance(SubmissionId id, SubmissionState from, SubmissionState to) {
          steps.add(to);
          return super.advance(id, from, to);
        }
      };

  /** How many blocks the node is behind. */
  int lag;

  /** What the node answers instead of what it would. */
  JsonRpc instead = (method, params) -> node.call(method, List.of(params), lag);

  final JournaledTransactionSubmitter submitter = submitter(SubmissionSettings.DEFAULT);

  JournaledTransactionSubmitter submitter(SubmissionSettings settings) {
    JsonRpc rpc = (method, params) -> instead.call(method, params);
    return new JournaledTransactionSubmitter(
        rpc, JsonRpcChainReader.connect(rpc), new SimulatedSigner(), journal, settings, time);
  }

  static SubmissionRequest request(String key) {
    return new SubmissionRequest(key, new EvmAddress("0x" + "7".repeat(40)), "0xaa");
  }

  SubmissionOutcome submit(String key) {
    return submitter.submit(request(key), Duration.ZERO);
  }

  SubmissionState state(String key) {
    return journal.find(SubmissionId.of(Caip2ChainId.eip155(31337), key)).orElseThrow().state();
  }

  void mine(int blocks) {
    for (int i = 0; i < blocks; i++) {
      chain.mine();
    }
  }

  static RpcReply refusal(String why) {
    return new RpcReply.Failure(-32_000, why, Optional.empty());
  }
}
