package org.earnest.bindings.revert;

import java.math.BigInteger;
import java.util.List;

/** Why an execution reverted. The text of each is for people and safe to print. */
public sealed interface RevertReason {
  /** An error of one of the house's contracts, such as {@code WrongState(2, 3)}. */
  record Custom(String name, List<String> arguments) implements RevertReason {
    public Custom {
      arguments = List.copyOf(arguments);
    }

    @Override
    public String toString() {
      return name + "(" + String.join(", ", arguments) + ")";
    }
  }

  /** {@code require(condition, "text")}. */
  record Message(String text) implements RevertReason {
    @Override
    public String toString() {
      return text;
    }
  }

  /** A failed assertion of the compiler's: overflow, division by zero, a bad index. */
  record Panic(BigInteger code) implements RevertReason {
    @Override
    public String toString() {
      return "Panic(0x" + code.toString(16) + ")";
    }
  }

  /** Nothing was said. */
  record Empty() implements RevertReason {
    @Override
    public String toString() {
      return "reverted without a reason";
    }
  }

  /**
   * An error of a contract that is not the house's, or malformed.
   *
   * @param selector its first four bytes, prefixed hexadecimal
   */
  record Unrecognised(String selector) implements RevertReason {
    @Override
    public String toString() {
      return "reverted with an unknown error " + selector;
    }
  }
}
