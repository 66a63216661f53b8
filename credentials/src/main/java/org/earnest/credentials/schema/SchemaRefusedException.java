package org.earnest.credentials.schema;

/** A schema that is not worked with. */
final class SchemaRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  SchemaRefusedException(String reason) {
    super(reason, null, false, false);
  }
}
