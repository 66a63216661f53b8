package org.earnest.reputation.edge;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.LogRef;
import org.earnest.core.identity.AgentId;
import org.earnest.reputation.fold.Role;
import org.earnest.reputation.store.Evidence;
import org.earnest.reputation.store.RecordFilter;
import org.earnest.reputation.store.RecordPosition;

/** Which closed legs a request asks for, and where its page begins. */
final class DealParameters {
  static final int POSITION_MEMBERS = 3;
  private static final String PAYEE = "1";
  private static final String CLIENT = "0";
  private static final Pattern EPOCH = Pattern.compile("[0-9]{1,10}");

  private DealParameters() {}

  static RecordFilter filter(Query query) {
    return new RecordFilter(
        query.optional("role", DealParameters::role),
        query.optional("epoch", DealParameters::epoch),
        query.optional("token", EvmAddress::new),
        query.optional("tag", Tag::parse).map(Tag::settled));
  }

  /** What a cursor is bound to. */
  static String listing(AgentId id, RecordFilter filter) {
    return "deals " + id + " " + filter;
  }

  static RecordPosition position(Optional<Cursor> cursor) {
    try {
      return cursor
          .map(Cursor::position)
          .map(
              parts ->
                  new RecordPosition(
                      Long.parseLong(parts.get(0)),
                      Integer.parseInt(parts.get(1)),
                      parts.get(2).equals(PAYEE) ? Role.PAYEE : Role.CLIENT))
          .orElse(RecordPosition.START);
    } catch (NumberFormatException tooLarge) {
      throw Cursor.invalid();
    }
  }

  static List<String> position(Evidence last) {
    LogRef log = last.log();
    return List.of(
        Long.toString(log.block().number()),
        Integer.toString(log.logIndex()),
        last.record().role() == Role.PAYEE ? PAYEE : CLIENT);
  }

  private static Role role(String text) {
    for (Role role : Role.values()) {
      if (role.name().toLowerCase(Locale.ROOT).equals(text)) {
        return role;
      }
    }
    throw new IllegalArgumentException("payee or client expected");
  }

  private static long epoch(String text) {
    if (!EPOCH.matcher(text).matches()) {
      throw new IllegalArgumentException("a number of at most ten digits expected");
    }
    return Long.parseLong(text);
  }
}
