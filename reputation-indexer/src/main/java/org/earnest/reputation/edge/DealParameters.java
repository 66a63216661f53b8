package org.earnest.reputation.edge;

import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.LogRef;
import org.earnest.core.identity.AgentId;
import org.earnest.reputation.fold.Role;
import org.earnest.reputation.store.EntryOrder;
import org.earnest.reputation.store.Evidence;
import org.earnest.reputation.store.RecordFilter;
import org.earnest.reputation.store.RecordPosition;

/** Which closed legs a request asks for, and where its page begins. */
final class DealParameters {
  static final int POSITION_MEMBERS = 4;
  static final String[] KNOWN = {
    "role", "epoch", "token", "tag", "from", "to", "sort", "order", "limit", "cursor"
  };
  private static final String PAYEE = "1";
  private static final String CLIENT = "0";
  private static final Pattern EPOCH = Pattern.compile("[0-9]{1,10}");

  private DealParameters() {}

  static RecordFilter filter(Query query) {
    return new RecordFilter(
        query.optional("role", DealParameters::role),
        query.optional("epoch", DealParameters::epoch),
        query.optional("token", EvmAddress::new),
        query.optional("tag", Tag::parse).map(Tag::settled),
        EntryParameters.span(query));
  }

  /** Newest first. */
  static EntryOrder order(Query query, RecordFilter filter) {
    EntryOrder order = EntryParameters.order(query, true);
    if (order.sort() == EntryOrder.Sort.VALUE && filter.token().isEmpty()) {
      throw Query.refusal("query parameter sort: name the token, as amounts of two do not compare");
    }
    return order;
  }

  /** What a cursor is bound to. */
  static String listing(AgentId id, RecordFilter filter, EntryOrder order) {
    return "deals " + id + " " + filter + " " + order;
  }

  static Optional<RecordPosition> after(Optional<Cursor> cursor) {
    return EntryParameters.after(
        cursor,
        parts ->
            new RecordPosition(
                new BigInteger(parts.get(0)),
                Long.parseLong(parts.get(1)),
                Integer.parseInt(parts.get(2)),
                parts.get(3).equals(PAYEE) ? Role.PAYEE : Role.CLIENT));
  }

  static List<String> position(Evidence last) {
    LogRef log = last.log();
    return List.of(
        last.record().gross().toString(),
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
