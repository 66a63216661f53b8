package org.earnest.reputation.fold;

/** In which role an agent took part in a leg. */
public enum Role {
  PAYEE,
  CLIENT
}
