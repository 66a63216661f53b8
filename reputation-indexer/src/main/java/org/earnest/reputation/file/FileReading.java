package org.earnest.reputation.file;

/** What came of reading a stranger's file. Codes are stable, lower snake case. */
public sealed interface FileReading {
  record Read(Content content) implements FileReading {}

  /** Our rules forbid it; asking again is pointless. */
  record Refused(String code, String detail) implements FileReading {}

  /** It could not be had this time. */
  record Unavailable(String code, String detail) implements FileReading {}
}
