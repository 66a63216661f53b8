package org.earnest.payments.server;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a server sells, and what it gives away. Whatever is on neither list is refused: a method or
 * a spelling that nobody thought of never slips past the price.
 */
public final class PriceList {
  private static final int BAD_REQUEST = 400;
  private static final int NOT_FOUND = 404;
  private static final int METHOD_NOT_ALLOWED = 405;

  /** What a request meets. */
  public sealed interface Entry {
    record Priced(Pricing pricing) implements Entry {}

    record Free() implements Entry {}

    /**
     * It is not served.
     *
     * @param status HTTP's
     */
    record Absent(int status, Refusal refusal) implements Entry {}
  }

  private record Line(String method, PathPattern path, Entry entry) {}

  private static final Comparator<Line> NEAREST =
      Comparator.comparingInt((Line line) -> -line.path().nearness())
          .thenComparing(line -> !(line.entry() instanceof Entry.Priced));

  private final List<Line> lines;

  private PriceList(List<Line> lines) {
    this.lines = List.copyOf(lines);
  }

  public static Builder builder() {
    return new Builder();
  }

  /**
   * What is said of a request: what names more of its path before what names less, and then a price
   * before a gift.
   *
   * @param rawPath as it was sent, without query and undecoded
   */
  public Entry find(String method, String rawPath) {
    Optional<String> path = PathSpelling.decode(rawPath);
    if (path.isEmpty()) {
      return absent(
          BAD_REQUEST,
          "ambiguous_path",
          "The path could be read in more than one way. Send it without escapes that it does not"
              + " need, empty or dotted segments, and parameters.");
    }
    List<String> segments = PathPattern.split(path.get());
    List<Line> there = lines.stream().filter(line -> line.path().matches(segments)).toList();
    if (there.isEmpty()) {
      return absent(NOT_FOUND, "not_for_sale", "There is nothing at this address.");
    }
    return there.stream()
        .filter(line -> line.method().equals(method.toUpperCase(Locale.ROOT)))
        .min(NEAREST)
        .map(Line::entry)
        .orElseGet(
            () ->
                absent(
                    METHOD_NOT_ALLOWED,
                    "method_not_sold",
                    "It is had by "
                        + String.join(", ", there.stream().map(Line::method).distinct().toList())
                        + " alone."));
  }

  private static Entry absent(int status, String code, String detail) {
    return new Entry.Absent(status, new Refusal(code, detail, false));
  }

  /** Collects the lines. */
  public static final class Builder {
    private final List<Line> lines = new ArrayList<>();

    private Builder() {}

    /**
     * A price.
     *
     * @param method HTTP's, as it is sold; HEAD and OPTIONS are methods like others
     * @param path such as {@code /quote}, {@code /reports/*} or {@code /files/**}
     */
    public Builder charge(String method, String path, Pricing pricing) {
      return add(method, path, new Entry.Priced(pricing));
    }

    public Builder charge(String method, String path, Offer offer) {
      return charge(method, path, Pricing.fixed(offer));
    }

    /** A gift; where a price stands for just the same, the price counts. */
    public Builder free(String method, String path) {
      return add(method, path, new Entry.Free());
    }

    private Builder add(String method, String path, Entry entry) {
      lines.add(new Line(method.toUpperCase(Locale.ROOT), PathPattern.parse(path), entry));
      return this;
    }

    public PriceList build() {
      return new PriceList(lines);
    }
  }
}
