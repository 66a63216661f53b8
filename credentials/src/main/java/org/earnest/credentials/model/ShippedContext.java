package org.earnest.credentials.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/** JSON-LD contexts of the specifications, as published, by the hash of their bytes. */
public enum ShippedContext {
  /** The base context of VC Data Model 1.1. */
  CREDENTIALS_V1(
      KnownContexts.CREDENTIALS_V1,
      "credentials-v1.jsonld",
      "00d7dd6d3ad8b920e3e550dd3a3d9090bffcac84cdbf943da6924b3e0a5c8bb8"),
  /** The base context of VC Data Model 2.0. */
  CREDENTIALS_V2(
      KnownContexts.CREDENTIALS_V2,
      "credentials-v2.jsonld",
      "8a9f494a89ecc51db093e90e84713e07e84d6d9204364a9b3c7868b21751236f"),
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
      "c5f3806f8286920573221938917988a18a4cc5a09e968d29649613c7a1c2b1f6"),
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
