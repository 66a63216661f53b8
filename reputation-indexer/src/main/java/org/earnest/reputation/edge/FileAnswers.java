package org.earnest.reputation.edge;

import java.time.Instant;
import java.util.Optional;
import org.earnest.core.chain.Caip19AssetId;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.identity.AgentId;
import org.earnest.reputation.file.PaymentVerdict;
import org.earnest.reputation.file.RegistrationFile;
import org.earnest.reputation.reading.Card;
import org.earnest.reputation.reading.FileQueries;
import org.earnest.reputation.reading.FileState;
import org.earnest.reputation.reading.Note;

/** Files of strangers, and what is to be made of them. */
final class FileAnswers {
  private static final String NONE = "none";
  private static final String NOT_NAMED = "agent_not_named";
  private static final String NOT_NAMED_DETAIL =
      "The file names other agents in its registrations, or none: whoever points to a file need not"
          + " be who wrote it.";

  private FileAnswers() {}

  /**
   * An agent's registration file.
   *
   * @param state {@code none}, {@code waiting}, {@code read}, {@code agent_not_named}, {@code
   *     refused}, {@code unavailable} or {@code malformed}
   * @param readAt when the file last said what {@code card} shows
   * @param card what it says; only where it names the agent back
   */
  record CardAnswer(
      String agentId,
      String uri,
      String state,
      Optional<String> code,
      Optional<String> detail,
      Optional<String> contentHash,
      Optional<String> lookedAt,
      Optional<String> readAt,
      Optional<RegistrationFile> card,
      Answers.At at) {}

  /**
   * A feedback's file.
   *
   * @param state {@code none}, {@code waiting}, {@code read}, {@code hash_differs}, {@code
   *     refused}, {@code unavailable} or {@code malformed}
   * @param hashChecked whether the feedback names the hash that the file has
   */
  record FileAnswer(
      String agentId,
      String client,
      long index,
      String uri,
      String state,
      Optional<String> code,
      Optional<String> detail,
      Optional<String> contentHash,
      boolean hashChecked,
      Optional<String> lookedAt,
      Optional<PaymentView> proofOfPayment,
      Answers.At at) {}

  /**
   * A payment that the file claims.
   *
   * @param state {@code absent}, {@code verified}, {@code wrong} or {@code unknown}
   * @param asset CAIP-19; left out for the chain's own coin
   * @param amount atomic units
   */
  record PaymentView(
      String state,
      Optional<String> code,
      Optional<String> detail,
      Optional<String> transaction,
      Optional<String> asset,
      Optional<String> amount) {}

  static CardAnswer card(AgentId id, String uri, Optional<Card> seen, Answers.At at) {
    Optional<RegistrationFile> file = seen.flatMap(Card::file);
    boolean foreign = file.filter(it -> !it.names(id)).isPresent();
    return new CardAnswer(
        id.toString(),
        uri,
        foreign ? NOT_NAMED : state(uri, seen.map(card -> card.state().word())),
        foreign ? Optional.of(NOT_NAMED) : seen.flatMap(Card::code),
        foreign ? Optional.of(NOT_NAMED_DETAIL) : seen.flatMap(Card::detail),
        seen.flatMap(Card::contentHash).map(Hash32::hex),
        seen.flatMap(Card::lookedAt).map(Instant::toString),
        seen.flatMap(Card::readAt).map(Instant::toString),
        foreign ? Optional.empty() : file,
        at);
  }

  static FileAnswer file(
      AgentId id, EvmAddress client, long index, FileQueries.Given given, Answers.At at) {
    Optional<Note> seen = given.file();
    return new FileAnswer(
        id.toString(),
        client.hex(),
        index,
        given.uri(),
        state(given.uri(), seen.map(note -> note.state().word())),
        seen.flatMap(Note::code),
        seen.flatMap(Note::detail),
        seen.flatMap(Note::contentHash).map(Hash32::hex),
        seen.filter(FileAnswers::hasItsHash).isPresent(),
        seen.flatMap(Note::lookedAt).map(Instant::toString),
        seen.flatMap(Note::payment).map(FileAnswers::payment),
        at);
  }

  private static boolean hasItsHash(Note note) {
    return note.contentHash().filter(note.expectedHash()::equals).isPresent();
  }

  private static String state(String uri, Optional<String> seen) {
    return uri.isEmpty() ? NONE : seen.orElse(FileState.WAITING.word());
  }

  private static PaymentView payment(PaymentVerdict verdict) {
    return switch (verdict) {
      case PaymentVerdict.Absent absent -> view("absent", Optional.empty(), Optional.empty());
      case PaymentVerdict.Verified verified -> verified(verified);
      case PaymentVerdict.Wrong wrong ->
          view("wrong", Optional.of(wrong.code()), Optional.of(wrong.detail()));
      case PaymentVerdict.Unknown unknown ->
          view("unknown", Optional.of(unknown.code()), Optional.of(unknown.detail()));
    };
  }

  private static PaymentView verified(PaymentVerdict.Verified paid) {
    return new PaymentView(
        "verified",
        Optional.empty(),
        Optional.empty(),
        Optional.of(paid.transaction().hex()),
        paid.token().map(Caip19AssetId::toString),
        Optional.of(paid.amount().toString()));
  }

  private static PaymentView view(String state, Optional<String> code, Optional<String> detail) {
    return new PaymentView(
        state, code, detail, Optional.empty(), Optional.empty(), Optional.empty());
  }
}
