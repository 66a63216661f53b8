package org.earnest.kit.idempotency;

import java.util.UUID;

/** Whether this request is to be worked on. */
sealed interface Claim {
  /** Yes, by the holder of this token. */
  record Ours(UUID token) implements Claim {}

  /** No: it succeeded before. */
  record Answered(SavedAnswer answer) implements Claim {}

  /** Not now: an equal one is being worked on. */
  record InProgress() implements Claim {}

  /** No: the key belongs to another request. */
  record Reused() implements Claim {}
}
