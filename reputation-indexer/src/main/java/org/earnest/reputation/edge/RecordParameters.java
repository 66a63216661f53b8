package org.earnest.reputation.edge;

import io.javalin.http.Context;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.LogRef;
import org.earnest.core.identity.AgentId;
import org.earnest.kit.http.Requests;
import org.earnest.reputation.fold.Role;
import org.earnest.reputation.store.Evidence;
import org.earnest.reputation.store.RecordFilter;
import org.earnest.reputation.store.RecordPosition;
import org.jspecify.annotations.Nullable;

/** Which records a request asks for, and where its page begins. */
final class RecordParameters {
  private static final int POSITION_MEMBERS = 3;
  private static final String PAYEE = "1";
  private static final String CLIENT = "0";
  private static final Pattern EPOCH = Pattern.compile("[0-9]{1,10}");

  private RecordParameters() {}

  static RecordFilter filter(Context context) {
    return new RecordFilter(
        parameter(context, "role", RecordParameters::role),
        parameter(context, "epoch", RecordParameters::epoch),
        parameter(context, "token", EvmAddress::new),
        parameter(context, "tag", Hash32::new));
  }

  /** What a cursor is bound to. */
  static String listing(AgentId id, RecordFilter filter) {
    return String.join(
        ",",
        "records:" + id,
        filter.role().map(Role::name).orElse(""),
        filter.epoch().map(String::valueOf).orElse(""),
        filter.token().map(EvmAddress::hex).orElse(""),
        filter.tag().map(Hash32::hex).orElse(""));
  }

  static RecordPosition position(Context context, String listing) {
    @Nullable String cursor = context.queryParam("cursor");
    if (cursor == null) {
      return RecordPosition.START;
    }
    List<String> parts = Cursor.read(listing, POSITION_MEMBERS, cursor);
    try {
      return new RecordPosition(
          Long.parseLong(parts.get(0)),
          Integer.parseInt(parts.get(1)),
          parts.get(2).equals(PAYEE) ? Role.PAYEE : Role.CLIENT);
    } catch (NumberFormatException tooLarge) {
      throw Cursor.invalid();
    }
  }

  static String cursor(String listing, Evidence last) {
    LogRef log = last.log();
    return Cursor.write(
        listing,
        List.of(
            Long.toString(log.block().number()),
            Integer.toString(log.logIndex()),
            last.record().role() == Role.PAYEE ? PAYEE : CLIENT));
  }

  private static <T> Optional<T> parameter(
      Context context, String name, Function<String, T> parser) {
    @Nullable String text = context.queryParam(name);
    return text == null
        ? Optional.empty()
        : Optional.of(Requests.parse("query parameter " + name, () -> parser.apply(text)));
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
