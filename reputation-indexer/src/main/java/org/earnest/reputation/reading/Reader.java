package org.earnest.reputation.reading;

import java.time.Instant;
import java.util.Optional;
import org.earnest.core.chain.Hash32;
import org.earnest.kit.json.JsonRefusedException;
import org.earnest.reputation.file.Content;
import org.earnest.reputation.file.FeedbackFile;
import org.earnest.reputation.file.FileReading;
import org.earnest.reputation.file.FileSource;
import org.earnest.reputation.file.FileUri;
import org.earnest.reputation.file.PaymentCheck;
import org.earnest.reputation.file.PaymentCheck.Parties;
import org.earnest.reputation.file.PaymentVerdict;
import org.earnest.reputation.file.RegistrationFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One look at one file, and what to make of it. */
final class Reader {
  private static final Logger LOG = LoggerFactory.getLogger(Reader.class);
  private static final String INTERNAL = "internal_error";
  private static final String INTERNAL_DETAIL = "The file could not be judged; the log says why.";

  private final FileSource source;
  private final PaymentCheck payments;

  Reader(FileSource source, PaymentCheck payments) {
    this.source = source;
    this.payments = payments;
  }

  /** A bug in reading one stranger's file must not keep others from being read. */
  Card card(String uri) {
    try {
      return look(uri);
    } catch (RuntimeException bug) {
      LOG.error("a registration file could not be judged", bug);
      return Card.not(FileState.UNAVAILABLE, INTERNAL, INTERNAL_DETAIL, Optional.empty());
    }
  }

  private Card look(String uri) {
    return switch (source.read(uri)) {
      case FileReading.Refused refused ->
          Card.not(FileState.REFUSED, refused.code(), refused.detail(), Optional.empty());
      case FileReading.Unavailable not ->
          Card.not(FileState.UNAVAILABLE, not.code(), not.detail(), Optional.empty());
      case FileReading.Read read -> card(read.content());
    };
  }

  private static Card card(Content content) {
    try {
      return Card.read(content.hash(), RegistrationFile.parse(content));
    } catch (JsonRefusedException | IllegalArgumentException malformed) {
      return Card.not(
          FileState.MALFORMED,
          "registration_file_malformed",
          String.valueOf(malformed.getMessage()),
          Optional.of(content.hash()));
    }
  }

  /** The file of a feedback between these. */
  Note note(NoteRows.Due due, Parties parties) {
    try {
      return look(due, parties);
    } catch (RuntimeException bug) {
      LOG.error("a feedback file could not be judged", bug);
      return not(due, FileState.UNAVAILABLE, INTERNAL, INTERNAL_DETAIL, Optional.empty());
    }
  }

  private Note look(NoteRows.Due due, Parties parties) {
    return switch (source.read(due.uri())) {
      case FileReading.Refused refused ->
          not(due, FileState.REFUSED, refused.code(), refused.detail(), Optional.empty());
      case FileReading.Unavailable not ->
          not(due, FileState.UNAVAILABLE, not.code(), not.detail(), Optional.empty());
      case FileReading.Read read -> note(due, parties, read.content());
    };
  }

  private Note note(NoteRows.Due due, Parties parties, Content content) {
    Hash32 hash = content.hash();
    if (!due.expectedHash().equals(Hash32.ZERO) && !due.expectedHash().equals(hash)) {
      return not(
          due,
          FileState.HASH_DIFFERS,
          "hash_differs",
          "The file is not the one that the feedback names.",
          Optional.of(hash));
    }
    try {
      FeedbackFile file = FeedbackFile.parse(content);
      PaymentVerdict payment = payments.judge(file.payment(), parties);
      return read(
          due,
          hash,
          Patience.isLast(due.vain().transaction()) ? payments.last(payment, parties) : payment);
    } catch (JsonRefusedException | IllegalArgumentException malformed) {
      return not(
          due,
          FileState.MALFORMED,
          "feedback_file_malformed",
          String.valueOf(malformed.getMessage()),
          Optional.of(hash));
    }
  }

  private static Note read(NoteRows.Due due, Hash32 hash, PaymentVerdict payment) {
    return new Note(
        due.uri(),
        due.expectedHash(),
        FileState.READ,
        Optional.empty(),
        Optional.empty(),
        Optional.of(hash),
        Optional.of(payment),
        Optional.empty());
  }

  private static Note not(
      NoteRows.Due due, FileState state, String code, String detail, Optional<Hash32> hash) {
    return new Note(
        due.uri(),
        due.expectedHash(),
        state,
        Optional.of(code),
        Optional.of(detail),
        hash,
        Optional.empty(),
        Optional.empty());
  }

  /** When to look at a registration file again, after so many looks. */
  static Optional<Instant> next(Card seen, String uri, int looks, Instant now) {
    return switch (seen.state()) {
      case READ, MALFORMED ->
          FileUri.isInline(uri) ? Optional.empty() : Optional.of(Patience.refreshed(now, looks));
      // Hosts mend what was refused, and operators name a gateway.
      case REFUSED, UNAVAILABLE, HASH_DIFFERS -> Optional.of(Patience.retried(now, looks));
      case WAITING -> Optional.empty();
    };
  }

  /** When to look at a feedback's file again. */
  static Optional<Instant> next(Note seen, VainLooks before, Instant now) {
    VainLooks vain = before.with(seen);
    return switch (seen.state()) {
      case READ -> seen.payment().flatMap(payment -> next(payment, vain, now));
      case REFUSED, UNAVAILABLE, HASH_DIFFERS -> Patience.afterFailure(now, vain.file());
      case MALFORMED, WAITING -> Optional.empty();
    };
  }

  /** Waiting brings no other chain, no other token and no trace. */
  private static Optional<Instant> next(PaymentVerdict payment, VainLooks vain, Instant now) {
    if (!(payment instanceof PaymentVerdict.Unknown unknown)) {
      return Optional.empty();
    }
    return switch (unknown.code()) {
      case PaymentCheck.TRANSACTION_UNKNOWN -> Patience.afterFailure(now, vain.transaction());
      case PaymentCheck.CHAIN_UNAVAILABLE -> Optional.of(Patience.unanswered(now));
      default -> Optional.empty();
    };
  }
}
