package org.earnest.core.credential;

import java.util.Optional;

/**
 * How a statement is wanted, in the words of the VC API's options.
 *
 * @param cryptosuite such as {@code ecdsa-sd-2023}, of which the holder can show a part
 * @param format such as {@code dc+sd-jwt}, in place of a proof
 */
public record StatementForm(Optional<String> cryptosuite, Optional<String> format) {
  /** As the issuer has it where nobody asks for another. */
  public static final StatementForm USUAL = new StatementForm(Optional.empty(), Optional.empty());
}
