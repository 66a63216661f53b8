package org.earnest.core.submission;

import java.math.BigInteger;
import java.util.Optional;
import org.earnest.core.chain.BlockRef;

/**
 * Where a submission stands.
 *
 * <table>
 * <caption>Transitions</caption>
 * <tr><th>from</th><th>to</th><th>when</th></tr>
 * <tr><td>Claimed</td><td>Prepared</td><td>rehearsed and priced, and given a nonce under the account's lease</td></tr>
 * <tr><td>Claimed</td><td>Rejected</td><td>the rehearsal failed; nothing was signed</td></tr>
 * <tr><td>Rejected</td><td>Prepared</td><td>the same request is made again, and now its rehearsal succeeds</td></tr>
 * <tr><td>Rejected</td><td>Rejected</td><td>the same request is made again, and refused with another code</td></tr>
 * <tr><td>Prepared</td><td>Signed</td><td>the signature is stored, under the lease; nothing is sent</td></tr>
 * <tr><td>Signed, Broadcast, Reorganised</td><td>Signed</td><td>it is stuck: an attempt with the same nonce and higher fees is stored, under the lease</td></tr>
 * <tr><td>Signed, Reorganised</td><td>Broadcast</td><td>the node took it</td></tr>
 * <tr><td>Signed, Broadcast, Reorganised</td><td>Mined, Reverted</td><td>the receipt of one of its attempts was seen</td></tr>
 * <tr><td>Signed, Broadcast, Reorganised</td><td>Expired</td><td>it was given up, and the empty attempt was mined</td></tr>
 * <tr><td>Signed, Broadcast, Reorganised</td><td>Replaced</td><td>another transaction spent the nonce</td></tr>
 * <tr><td>Mined, Reverted, Expired</td><td>Final</td><td>its block counts as final by the chain's {@link Finality}</td></tr>
 * <tr><td>Mined, Reverted, Expired, Replaced</td><td>Reorganised</td><td>the chain took it back; the same bytes are sent again</td></tr>
 * <tr><td>Final</td><td>Reorganised</td><td>the chain broke its own finality, which is logged as an error</td></tr>
 * <tr><td>Claimed, Rejected</td><td>Carried</td><td>a batch takes it along; in the same step the carrier is claimed</td></tr>
 * <tr><td>Carried</td><td>Claimed</td><td>its carrier came to nothing for good; in the same step that is seen</td></tr>
 * <tr><td>Rejected</td><td>Dissolved</td><td>a carrier that was never signed gives up what it carried, in the same step</td></tr>
 * </table>
 *
 * <p>The last three are {@link SubmissionJournal#carry} and {@link SubmissionJournal#dissolve},
 * which change several submissions at once or none.
 */
public sealed interface SubmissionState {
  /** The key is taken; nothing is signed. */
  record Claimed() implements SubmissionState {}

  /** Refused before anything was signed; {@link SubmissionOutcome.Rejected} lists the codes. */
  record Rejected(String code, String reason) implements SubmissionState {}

  /** Has a nonce and fees. Its bytes are decided, and not signed yet. */
  record Prepared(TransactionPlan plan) implements SubmissionState {}

  /** Stored and perhaps sent. */
  record Signed(SignedTransaction transaction) implements SubmissionState {}

  /** Taken by a node. */
  record Broadcast(SignedTransaction transaction) implements SubmissionState {}

  /** In a block, and successful. */
  record Mined(SignedTransaction transaction, BlockRef block) implements SubmissionState {}

  /**
   * In a block, without effect but for its gas.
   *
   * @param reason the contract's error with its arguments, or a sentence
   */
  record Reverted(SignedTransaction transaction, BlockRef block, String reason)
      implements SubmissionState {}

  /**
   * Given up: an empty attempt of the engine's own, which {@link SignedTransaction#cancels}, spent
   * the nonce.
   */
  record Expired(SignedTransaction transaction, BlockRef block) implements SubmissionState {}

  /**
   * In a block that counts as final.
   *
   * @param revert why it had no effect; empty if it succeeded, or was given up
   */
  record Final(SignedTransaction transaction, BlockRef block, Optional<String> revert)
      implements SubmissionState {}

  /** Can no longer be mined: the nonce was spent by a transaction from elsewhere. */
  record Replaced(SignedTransaction transaction) implements SubmissionState {}

  /** Was closed, and what closed it is no longer on the chain. */
  record Reorganised(SignedTransaction transaction) implements SubmissionState {}

  /**
   * One call of another submission's transaction, which has nonce, bytes and block. What became of
   * this one is read from that one's receipt.
   *
   * @param carrier the submission whose transaction it is
   * @param index its place among the calls, from 0
   */
  record Carried(SubmissionId carrier, int index) implements SubmissionState {
    public Carried {
      if (index < 0) {
        throw new IllegalArgumentException("a place among calls is not negative");
      }
    }
  }

  /** Was a carrier and never signed; what it carried goes on without it. */
  record Dissolved() implements SubmissionState {}

  /** What was signed, if anything. */
  default Optional<SignedTransaction> signed() {
    return switch (this) {
      case Claimed c -> Optional.empty();
      case Rejected r -> Optional.empty();
      case Prepared p -> Optional.empty();
      case Signed s -> Optional.of(s.transaction());
      case Broadcast b -> Optional.of(b.transaction());
      case Mined m -> Optional.of(m.transaction());
      case Reverted r -> Optional.of(r.transaction());
      case Expired e -> Optional.of(e.transaction());
      case Final f -> Optional.of(f.transaction());
      case Replaced r -> Optional.of(r.transaction());
      case Reorganised r -> Optional.of(r.transaction());
      case Carried c -> Optional.empty();
      case Dissolved d -> Optional.empty();
    };
  }

  /** The nonce and fees it was given, if any. */
  default Optional<TransactionPlan> planned() {
    return this instanceof Prepared prepared
        ? Optional.of(prepared.plan())
        : signed().map(SignedTransaction::plan);
  }

  /**
   * How firmly the chain holds what was signed; empty when nothing was, or never will, and for what
   * is carried, of which its carrier tells.
   */
  default Optional<Inclusion> inclusion() {
    return switch (this) {
      case Claimed c -> Optional.empty();
      case Rejected r -> Optional.empty();
      case Prepared p -> Optional.empty();
      case Signed s -> Optional.of(Inclusion.PENDING);
      case Broadcast b -> Optional.of(Inclusion.PENDING);
      case Mined m -> Optional.of(Inclusion.INCLUDED);
      case Reverted r -> Optional.of(Inclusion.INCLUDED);
      case Expired e -> Optional.of(Inclusion.INCLUDED);
      case Final f -> Optional.of(Inclusion.FINAL);
      case Replaced r -> Optional.empty();
      case Reorganised r -> Optional.of(Inclusion.REORGED);
      case Carried c -> Optional.empty();
      case Dissolved d -> Optional.empty();
    };
  }

  /** What it becomes when its block is final; empty if it is in none, or final already. */
  default Optional<Final> finalised() {
    return switch (this) {
      case Mined m -> Optional.of(new Final(m.transaction(), m.block(), Optional.empty()));
      case Reverted r ->
          Optional.of(new Final(r.transaction(), r.block(), Optional.of(r.reason())));
      case Expired e -> Optional.of(new Final(e.transaction(), e.block(), Optional.empty()));
      case Claimed c -> Optional.empty();
      case Rejected r -> Optional.empty();
      case Prepared p -> Optional.empty();
      case Signed s -> Optional.empty();
      case Broadcast b -> Optional.empty();
      case Final f -> Optional.empty();
      case Replaced r -> Optional.empty();
      case Reorganised r -> Optional.empty();
      case Carried c -> Optional.empty();
      case Dissolved d -> Optional.empty();
    };
  }

  /** Whether somebody still has to do something about it; about what is carried, nobody has. */
  default boolean open() {
    return switch (this) {
      case Claimed c -> true;
      case Prepared p -> true;
      case Signed s -> true;
      case Broadcast b -> true;
      case Reorganised r -> true;
      case Mined m -> false;
      case Reverted r -> false;
      case Expired e -> false;
      case Final f -> false;
      case Rejected r -> false;
      case Replaced r -> false;
      case Carried c -> false;
      case Dissolved d -> false;
    };
  }

  /** Whether a batch may take it along: nothing is signed for it. */
  default boolean mayBeCarried() {
    return this instanceof Claimed || this instanceof Rejected;
  }

  /**
   * That a batch may take it along.
   *
   * @throws IllegalArgumentException when it may not
   */
  default void requireCarriable() {
    if (!mayBeCarried()) {
      throw new IllegalArgumentException("cannot be carried: " + this);
    }
  }

  /**
   * Whether nothing was done and, short of a chain that breaks its own finality, nothing will be
   * done by what was signed. A carrier of which this is true gives up what it carried.
   */
  default boolean cameToNothing() {
    return switch (this) {
      case Rejected r -> true;
      case Dissolved d -> true;
      case Replaced r -> true;
      case Final f -> f.transaction().cancels() || f.revert().isPresent();
      case Claimed c -> false;
      case Prepared p -> false;
      case Signed s -> false;
      case Broadcast b -> false;
      case Mined m -> false;
      case Reverted r -> false;
      case Expired e -> false;
      case Reorganised r -> false;
      case Carried c -> false;
    };
  }

  /** Whether only the holder of the account's lease may bring a submission here. */
  default boolean needsLease() {
    return this instanceof Prepared || this instanceof Signed;
  }

  /**
   * Whether a store has the step on its disk before it says so: others rely on it, outside the
   * store, where it could not be taken back. Other steps it may lose in a crash, the last first.
   */
  default boolean isAwaited() {
    return this instanceof Signed || this instanceof Carried;
  }

  /** Whether the table allows this step; the nonce that was given never changes. */
  default boolean mayBecome(SubmissionState next) {
    boolean sameBytes = signed().equals(next.signed());
    return switch (this) {
      case Claimed c -> next instanceof Prepared || next instanceof Rejected;
      case Rejected r ->
          next instanceof Prepared
              || (next instanceof Rejected again && !again.code().equals(r.code()));
      case Prepared p -> next instanceof Signed && planned().equals(next.planned());
      case Signed s -> isSent(next) || closes(next) || raises(next);
      case Broadcast b -> closes(next) || raises(next);
      case Reorganised r -> isSent(next) || closes(next) || raises(next);
      case Mined m -> sameBytes && (next instanceof Reorganised || confirms(next));
      case Reverted r -> sameBytes && (next instanceof Reorganised || confirms(next));
      case Expired e -> sameBytes && (next instanceof Reorganised || confirms(next));
      case Final f -> sameBytes && next instanceof Reorganised;
      case Replaced r -> sameBytes && next instanceof Reorganised;
      // Only together with others, which is no step of one submission.
      case Carried c -> false;
      case Dissolved d -> false;
    };
  }

  /**
   * The step, unless the table forbids it.
   *
   * @throws IllegalArgumentException when it does, or when a lease is needed
   */
  default void requireStep(SubmissionState next) {
    require(mayBecome(next) && !next.needsLease(), next);
  }

  /**
   * The step under a lease, unless the table forbids it.
   *
   * @throws IllegalArgumentException when it does, or when this is no step of the lease's account
   */
  default void requireStep(SubmissionState next, SignerLease lease) {
    boolean own = next.planned().filter(plan -> plan.signer().equals(lease.signer())).isPresent();
    require(mayBecome(next) && next.needsLease() && own, next);
  }

  private void require(boolean allowed, SubmissionState next) {
    if (!allowed) {
      throw new IllegalArgumentException("no such step from " + this + " to " + next);
    }
  }

  private boolean confirms(SubmissionState next) {
    return finalised().filter(next::equals).isPresent();
  }

  private boolean closes(SubmissionState next) {
    return rivals(next)
        && switch (next) {
          case Mined m -> !m.transaction().cancels();
          case Reverted r -> !r.transaction().cancels();
          case Expired e -> e.transaction().cancels();
          case Replaced r -> true;
          case Claimed c -> false;
          case Rejected r -> false;
          case Prepared p -> false;
          case Signed s -> false;
          case Broadcast b -> false;
          case Final f -> false;
          case Reorganised r -> false;
          case Carried c -> false;
          case Dissolved d -> false;
        };
  }

  private boolean isSent(SubmissionState next) {
    return next instanceof Broadcast && signed().equals(next.signed());
  }

  private boolean raises(SubmissionState next) {
    return next instanceof Signed && rivals(next) && next.fee().compareTo(fee()) > 0;
  }

  private boolean rivals(SubmissionState next) {
    return signed().flatMap(ours -> next.signed().filter(ours::rivals)).isPresent();
  }

  private BigInteger fee() {
    return signed().map(SignedTransaction::maxFeePerGas).orElse(BigInteger.ZERO);
  }
}
