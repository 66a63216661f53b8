package org.earnest.core.identity;

/** Reads what agents say of themselves, wherever their registration files are. */
public interface AgentFiles {
  /**
   * Reads a file.
   *
   * @param uri as the registry has it: a stranger wrote it
   */
  Reading read(String uri);

  /** What came of it. Codes are stable, lower snake case; details may be shown to anybody. */
  sealed interface Reading {
    record Read(AgentClaims claims) implements Reading {}

    /** It may not be read, or is no registration file; asking again is pointless. */
    record Refused(String code, String detail) implements Reading {}

    /** It could not be had this time. */
    record Unavailable(String code, String detail) implements Reading {}
  }
}
