package org.earnest.cli.site;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.security.SecureRandom;
import java.util.HexFormat;

/** Quotes a price for a translation: the document that a deal's terms name by its hash. */
public final class QuoteHandler implements Handler {
  /** So that nobody can guess the document from its hash. */
  private static final int SALT_BYTES = 16;

  private static final SecureRandom RANDOM = new SecureRandom();

  @Override
  public void handle(Context context) {
    byte[] salt = new byte[SALT_BYTES];
    RANDOM.nextBytes(salt);
    context.json(
        new Quote(
            "translation/de-en",
            "A manual of 40 pages, from German to English",
            "25000000",
            3_600,
            HexFormat.of().formatHex(salt)));
  }

  /**
   * What the seller binds itself to.
   *
   * @param amount atomic units, as decimal text
   * @param deliveredWithin seconds
   */
  record Quote(String capability, String work, String amount, long deliveredWithin, String salt) {}
}
