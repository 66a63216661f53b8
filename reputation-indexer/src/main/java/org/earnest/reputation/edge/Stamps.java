package org.earnest.reputation.edge;

import java.util.function.Supplier;
import org.earnest.core.chain.BlockRef;
import org.earnest.kit.follow.FollowProgress;
import org.earnest.kit.http.Problem;
import org.earnest.kit.http.ProblemException;
import org.earnest.reputation.store.Read;

/** What a read gave, with its block's stamp, or the problem that it ends with. */
final class Stamps {
  private final Supplier<FollowProgress> progress;

  Stamps(Supplier<FollowProgress> progress) {
    this.progress = progress;
  }

  /** What was found; what was not ends the request. */
  static <T> Read.Found<T> found(Read<T> read) {
    return switch (read) {
      case Read.Found<T> found -> found;
      case Read.NotBegun<T> none -> throw notBegun();
      case Read.NoAgent<T> unknown -> throw unknown("of that id", unknown.at());
      case Read.Undone<T> undone -> throw undone(undone.block());
      case Read.Above<T> above -> throw above(above.head());
      case Read.Below<T> below -> throw below();
    };
  }

  Answers.At at(BlockRef block) {
    boolean isFinal =
        progress.get().finalized().filter(height -> height >= block.number()).isPresent();
    return at(block, isFinal ? "finalized" : "latest");
  }

  /** A block that the chain took back, which was never final whatever is at its height now. */
  static Answers.At undoneAt(BlockRef block) {
    return at(block, "latest");
  }

  private static Answers.At at(BlockRef block, String finality) {
    return new Answers.At(block.chain().toString(), block.number(), block.hash().hex(), finality);
  }

  static ProblemException unknown(String agent, BlockRef at) {
    return Problem.notFound(
            "agent_unknown",
            "No agent %s was registered up to block %d; ask again if it was later."
                .formatted(agent, at.number()))
        .asException();
  }

  private static ProblemException undone(BlockRef block) {
    return Problem.of(
            409,
            "cursor_reorganised",
            "The chain was reorganised since the page before",
            "Block %d (%s), at which the page before was read, is none that this index stands on: the chain took it back, or the index was made anew. What the pages before said may not hold any more; begin the listing anew, without a cursor."
                .formatted(block.number(), block.hash()))
        .asException();
  }

  private static ProblemException above(BlockRef head) {
    return notIndexed(
        "The index has read the chain up to block %d; ask about that one or one below it, or again later."
            .formatted(head.number()));
  }

  private static ProblemException below() {
    return Problem.of(
            404,
            "before_the_index",
            "That block lies before what is indexed",
            "The index begins after it; ask about a later block.")
        .asException();
  }

  private static ProblemException notBegun() {
    return notIndexed(
        "The chain is being read for the first time; /status tells how far that is, /ready when it is done.");
  }

  private static ProblemException notIndexed(String detail) {
    return Problem.of(503, "not_indexed_yet", "Not indexed yet", detail).retry().asException();
  }
}
