package org.earnest.core.submission;

/** When a block counts as final; a setting of each chain. */
public sealed interface Finality {
  /**
   * From a setting's text.
   *
   * @param text a number of blocks, {@code safe} or {@code finalized}
   * @throws IllegalArgumentException when it is none of these
   */
  static Finality parse(String text) {
    return switch (text) {
      case "safe" -> new Safe();
      case "finalized" -> new Finalized();
      case String blocks when blocks.matches("\\d{1,6}") -> new Depth(Integer.parseInt(blocks));
      default ->
          throw new IllegalArgumentException(
              "'" + text + "' is neither a number of blocks nor safe nor finalized");
    };
  }

  /**
   * When so many blocks are on top of it.
   *
   * @param blocks 0 or more; a reorganisation that goes deeper is an accident
   */
  record Depth(int blocks) implements Finality {
    public Depth {
      if (blocks < 0) {
        throw new IllegalArgumentException("a depth is not negative");
      }
    }
  }

  /** When the chain's nodes call it {@code safe}. */
  record Safe() implements Finality {}

  /** When the chain's nodes call it {@code finalized}. */
  record Finalized() implements Finality {}
}
