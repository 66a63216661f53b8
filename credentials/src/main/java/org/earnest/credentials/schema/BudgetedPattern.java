package org.earnest.credentials.schema;

import com.networknt.schema.regex.RegularExpression;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A stranger's pattern, which may look at so many characters and no more: one budget for all
 * patterns of a validation.
 */
final class BudgetedPattern implements RegularExpression {
  static final int MAX_LOOKS = 200_000;
  static final int MAX_LENGTH = 512;

  private static final ThreadLocal<AtomicInteger> LEFT =
      ThreadLocal.withInitial(() -> new AtomicInteger(MAX_LOOKS));

  private final Pattern pattern;

  BudgetedPattern(String pattern) {
    if (pattern.length() > MAX_LENGTH) {
      throw new SchemaRefusedException("a pattern has more than " + MAX_LENGTH + " characters");
    }
    try {
      this.pattern = Pattern.compile(pattern);
    } catch (PatternSyntaxException malformed) {
      throw new SchemaRefusedException("a pattern is malformed");
    }
  }

  /** Makes a validation, which this thread alone works on. */
  static <T> T sharing(Supplier<T> validation) {
    LEFT.set(new AtomicInteger(MAX_LOOKS));
    try {
      return validation.get();
    } finally {
      LEFT.remove();
    }
  }

  @Override
  public boolean matches(String value) {
    try {
      return pattern.matcher(new Counted(value, LEFT.get())).find();
    } catch (StackOverflowError deep) {
      throw new SchemaRefusedException("a pattern goes too deep");
    }
  }

  /** Each look costs; backtracking without end is cut off. */
  private static final class Counted implements CharSequence {
    private final CharSequence text;
    private final AtomicInteger left;

    private Counted(CharSequence text, AtomicInteger left) {
      this.text = text;
      this.left = left;
    }

    @Override
    public char charAt(int index) {
      if (left.decrementAndGet() < 0) {
        throw new SchemaRefusedException("a pattern takes too long");
      }
      return text.charAt(index);
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return new Counted(text.subSequence(start, end), left);
    }

    @Override
    public String toString() {
      return text.toString();
    }
  }
}
