package org.earnest.credentials.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/**
 * JSON-LD contexts of the specifications, to the byte as their URLs serve them, so that a
 * credential that pins one by its digest finds it here. Only of {@link #CREDENTIALS_EXAMPLES_V2}
 * and {@link #UNDEFINED_TERMS_V2} it is not established that the bytes, and not only the members,
 * are those that are served.
 */
public enum ShippedContext {
  /** The base context of VC Data Model 1.1. */
  CREDENTIALS_V1(
      KnownContexts.CREDENTIALS_V1,
      "credentials-v1.jsonld",
      "ab4ddd9a531758807a79a5b450510d61ae8d147eab966cc9a200c07095b0cdcc"),
  /** The base context of VC Data Model 2.0. */
  CREDENTIALS_V2(
      KnownContexts.CREDENTIALS_V2,
      "credentials-v2.jsonld",
      "59955ced6697d61e03f2b2556febe5308ab16842846f5b586d7f1f7adec92734"),
  /** Terms of the specifications' examples: every word means something there. */
  CREDENTIALS_EXAMPLES_V2(
      "https://www.w3.org/ns/credentials/examples/v2",
      "credentials-examples-v2.jsonld",
      "57393fbc69d6efb9b9b5dc9cb6b9880b0944360abfe2eaf459c9e58cf2279d7c"),
  /** Data Integrity proofs, for documents whose base context does not know them. */
  DATA_INTEGRITY_V2(
      "https://w3id.org/security/data-integrity/v2",
      "data-integrity-v2.jsonld",
      "67f21e6e33a6c14e5ccfd2fc7865f7474fb71a04af7e94136cb399dfac8ae8f4"),
  /** Multikey. */
  MULTIKEY_V1(
      "https://w3id.org/security/multikey/v1",
      "multikey-v1.jsonld",
      "ba2c182de2d92f7e47184bcca8fcf0beaee6d3986c527bf664c195bbc7c58597"),
  /** For issuers that want their undefined terms kept (VC Data Model 2.0 §B.2). */
  UNDEFINED_TERMS_V2(
      "https://www.w3.org/ns/credentials/undefined-terms/v2",
      "undefined-terms-v2.jsonld",
      "82dab514ba44eb18f5d1b0f638c5e140c6a556fbfb5089601bdc0fa5eb8b2581");

  private final String url;
  private final String resource;
  private final String sha256;

  ShippedContext(String url, String resource, String sha256) {
    this.url = url;
    this.resource = resource;
    this.sha256 = sha256;
  }

  /** What credentials call it. */
  public String url() {
    return url;
  }

  /** The hash of the document's bytes, in hexadecimal. */
  public String sha256() {
    return sha256;
  }

  /** The document, JSON-LD in UTF-8. */
  public byte[] document() {
    try (InputStream stream =
        Objects.requireNonNull(ShippedContext.class.getResourceAsStream(resource), resource)) {
      return stream.readAllBytes();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
