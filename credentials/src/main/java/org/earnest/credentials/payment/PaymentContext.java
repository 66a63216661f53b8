package org.earnest.credentials.payment;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import org.earnest.credentials.model.KnownContexts;

/** The JSON-LD context of credentials about payments. A published version never changes. */
public final class PaymentContext {
  /** Its identifier: a name that no one can register, and no verifier here ever fetches. */
  public static final String URL = "https://earnest.example/contexts/payment/v1";

  /** Where a host serves it. */
  public static final String PATH = "/contexts/payment/v1";

  /** The hash of the document, which a published version keeps. */
  public static final String SHA_256 =
      "938e3ee9b8e59ab891e0c85579dbc8995bd2838de0fb680c868722d55ab0573d";

  private static final String RESOURCE = "context-v1.jsonld";

  private PaymentContext() {}

  /** The base context and this one. */
  public static KnownContexts known() {
    return KnownContexts.base().and(URL, document(), SHA_256);
  }

  /** The document, JSON-LD in UTF-8. */
  public static byte[] document() {
    try (InputStream resource =
        Objects.requireNonNull(PaymentContext.class.getResourceAsStream(RESOURCE), RESOURCE)) {
      return resource.readAllBytes();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
