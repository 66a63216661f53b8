package org.earnest.bindings.submission;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.earnest.bindings.rpc.JsonRpc;
import org.earnest.bindings.rpc.RpcReply;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.submission.ForwardingSubmissionJournal;
import org.earnest.core.submission.JournalUnavailableException;
import org.earnest.core.submission.SignedTransaction;
import org.earnest.core.submission.SignerLease;
import org.earnest.core.submission.SubmissionId;
import org.earnest.core.submission.SubmissionJournal;
import org.earnest.core.submission.SubmissionJournal.Transition;
import org.earnest.core.submission.SubmissionRequest;
import org.earnest.core.submission.SubmissionState;
import org.earnest.core.submission.SubmissionState.Prepared;
import org.earnest.core.submission.SubmissionState.Signed;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.StringNode;

/** The engine with one of its guards broken, so that the simulation can show that it notices. */
enum Mutant {
  NONE,
  /** Whoever lost the lease may store all the same. */
  LEASE_UNCHECKED,
  /** The same, but only for the step that gives out a nonce. */
  NONCE_NOT_FENCED,
  /** A process asks once which nonces were given out, and counts on from there. */
  NONCE_REMEMBERED,
  /** While the journal does not answer, the lease counts as renewed. */
  RENEWAL_BELIEVED,
  /** A signature is stored when its transaction was sent. */
  STORED_AFTER_SENDING,
  /** What is signed is sent before the store has it on its disk. */
  SIGNED_NOT_AWAITED,
  /** Every request takes a key of its own. */
  NOT_DEDUPLICATED,
  /** A nonce that is spent in the newest block counts as lost. */
  SPENT_NONCE_BELIEVED_AT_ONCE,
  /** Only the last attempt is looked for. */
  EARLIER_ATTEMPTS_FORGOTTEN,
  /** What is stuck is given up, whether its caller allowed that or not. */
  CANCELLED_UNASKED,
  /** What the node has lost stays lost. */
  NOTHING_SENT_AGAIN;

  int finality(int blocks) {
    return this == SPENT_NONCE_BELIEVED_AT_ONCE ? 0 : blocks;
  }

  /** Whether the store has a step on its disk before it says so. */
  boolean isAwaited(SubmissionState to) {
    return to.isAwaited() && this != SIGNED_NOT_AWAITED;
  }

  /** The store, shared by all processes. */
  SubmissionJournal store(SubmissionJournal real) {
    return switch (this) {
      case LEASE_UNCHECKED -> new Leaseless(real, to -> true);
      case NONCE_NOT_FENCED -> new Leaseless(real, Prepared.class::isInstance);
      case NOT_DEDUPLICATED -> new Forgetful(real);
      case EARLIER_ATTEMPTS_FORGOTTEN -> new LastAttempts(real);
      case CANCELLED_UNASKED -> new Impatient(real);
      default -> real;
    };
  }

  /** What one process has between its engine and the world; it dies with the process. */
  Parts parts(JsonRpc rpc, SubmissionJournal journal) {
    return switch (this) {
      case STORED_AFTER_SENDING -> LateStore.of(rpc, journal);
      case NOTHING_SENT_AGAIN -> new Parts(sentOnce(rpc), journal);
      case NONCE_REMEMBERED -> RememberedNonce.of(rpc, journal);
      case RENEWAL_BELIEVED -> new Parts(rpc, new BelievedRenewal(journal));
      default -> new Parts(rpc, journal);
    };
  }

  record Parts(JsonRpc rpc, SubmissionJournal journal) {}

  private static JsonRpc sentOnce(JsonRpc rpc) {
    Set<Object> sent = new HashSet<>();
    return (method, params) ->
        method.equals("eth_sendRawTransaction") && !sent.add(params[0])
            ? new RpcReply.Result(
                StringNode.valueOf(
                    SimulatedChain.Transaction.decode((String) params[0]).hash().hex()))
            : rpc.call(method, params);
  }

  private static final class Leaseless extends ForwardingSubmissionJournal {
    private final Predicate<SubmissionState> steps;
    private @Nullable SignerLease last;

    private Leaseless(SubmissionJournal real, Predicate<SubmissionState> steps) {
      super(real);
      this.steps = steps;
    }

    @Override
    public Optional<SignerLease> lease(
        Caip2ChainId chain, EvmAddress signer, UUID holder, Duration term) {
      Optional<SignerLease> lease = super.lease(chain, signer, holder, term);
      lease.ifPresent(taken -> last = taken);
      return lease;
    }

    @Override
    public Transition advance(
        SignerLease lease, SubmissionId id, SubmissionState from, SubmissionState to) {
      return super.advance(last == null || !steps.test(to) ? lease : last, id, from, to);
    }
  }

  private static final class Forgetful extends ForwardingSubmissionJournal {
    private int claims;

    private Forgetful(SubmissionJournal real) {
      super(real);
    }

    @Override
    public Claim claim(Caip2ChainId chain, EvmAddress sender, SubmissionRequest request) {
      String key = request.key() + "#" + claims++;
      return super.claim(
          chain,
          sender,
          new SubmissionRequest(
              key, request.to(), request.data(), request.value(), request.cancellable()));
    }
  }

  private static final class LastAttempts extends ForwardingSubmissionJournal {
    private LastAttempts(SubmissionJournal real) {
      super(real);
    }

    @Override
    public List<SignedTransaction> attempts(SubmissionId id) {
      return super.attempts(id).stream().limit(1).toList();
    }
  }

  private static final class Impatient extends ForwardingSubmissionJournal {
    private Impatient(SubmissionJournal real) {
      super(real);
    }

    @Override
    public Claim claim(Caip2ChainId chain, EvmAddress sender, SubmissionRequest request) {
      return super.claim(chain, sender, request.orCancelled());
    }
  }

  private static final class RememberedNonce extends ForwardingSubmissionJournal {
    private OptionalLong highest = OptionalLong.empty();

    private RememberedNonce(SubmissionJournal real) {
      super(real);
    }

    private static Parts of(JsonRpc rpc, SubmissionJournal journal) {
      RememberedNonce memory = new RememberedNonce(journal);
      return new Parts(
          (method, params) ->
              memory.highest.isPresent() && List.of(params).contains("pending")
                  ? new RpcReply.Result(StringNode.valueOf("0x0"))
                  : rpc.call(method, params),
          memory);
    }

    @Override
    public OptionalLong highestNonce(Caip2ChainId chain, EvmAddress signer) {
      if (highest.isEmpty()) {
        highest = super.highestNonce(chain, signer);
      }
      return highest;
    }

    @Override
    public Transition advance(
        SignerLease lease, SubmissionId id, SubmissionState from, SubmissionState to) {
      Transition transition = super.advance(lease, id, from, to);
      if (transition == Transition.APPLIED && to instanceof Prepared prepared) {
        highest = OptionalLong.of(prepared.plan().nonce());
      }
      return transition;
    }
  }

  private static final class BelievedRenewal extends ForwardingSubmissionJournal {
    private Optional<SignerLease> last = Optional.empty();

    private BelievedRenewal(SubmissionJournal real) {
      super(real);
    }

    @Override
    public Optional<SignerLease> lease(
        Caip2ChainId chain, EvmAddress signer, UUID holder, Duration term) {
      try {
        last = super.lease(chain, signer, holder, term);
      } catch (JournalUnavailableException e) {
        if (last.isEmpty()) {
          throw e;
        }
      }
      return last;
    }
  }

  private static final class LateStore extends ForwardingSubmissionJournal {
    private final Deque<Runnable> late = new ArrayDeque<>();

    private LateStore(SubmissionJournal real) {
      super(real);
    }

    private static Parts of(JsonRpc rpc, SubmissionJournal journal) {
      LateStore store = new LateStore(journal);
      return new Parts(
          (method, params) -> {
            RpcReply reply = rpc.call(method, params);
            while (method.equals("eth_sendRawTransaction") && !store.late.isEmpty()) {
              store.late.pop().run();
            }
            return reply;
          },
          store);
    }

    @Override
    public Transition advance(
        SignerLease lease, SubmissionId id, SubmissionState from, SubmissionState to) {
      if (!(to instanceof Signed)) {
        return super.advance(lease, id, from, to);
      }
      late.add(() -> super.advance(lease, id, from, to));
      return Transition.APPLIED;
    }
  }
}
