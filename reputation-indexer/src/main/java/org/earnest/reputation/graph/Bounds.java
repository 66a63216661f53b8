package org.earnest.reputation.graph;

import java.time.Duration;

/** What a query may ask for. */
public final class Bounds {
  public static final int MAX_BODY_BYTES = 64 * 1024;

  /** Of documents that are remembered, each of which takes some hundred times that in memory. */
  static final int REMEMBERED_CHARS = 128 * 1024;

  /** Of a document: names, braces, values. */
  public static final int MAX_TOKENS = 2_000;

  /** Of fields in fields. */
  public static final int MAX_DEPTH = 8;

  /** Fields with fragments written out, so each alias too. */
  public static final int MAX_FIELDS = 400;

  /** Values that a query may have to answer with: each field times the lists around it. */
  public static final long MAX_VALUES = 250_000;

  public static final int DEFAULT_FIRST = 100;
  public static final int MAX_FIRST = 1_000;
  public static final int MAX_SKIP = 5_000;

  /** Comparisons in all filters of a listing; a list is one. */
  public static final int MAX_CONDITIONS = 100;

  /** Members of all lists in the filters of a listing. */
  public static final int MAX_MEMBERS = 1_000;

  /** Filters on what something belongs to, in all filters of a listing. */
  public static final int MAX_RELATED = 8;

  /** Characters of a text that is compared with. */
  public static final int MAX_TEXT = 1_024;

  /** Characters of an agent's name that are told, and that it is found by. */
  public static final int MAX_NAME = 256;

  /** Rows that are read for one query. */
  static final int MAX_ROWS = 20_000;

  /** Characters of texts that are read and answered, each time that they are, for one query. */
  public static final int MAX_CHARS = 8 * 1024 * 1024;

  /** Of an agent's owner, by their addresses. */
  public static final int MAX_OPERATORS = 100;

  /** Statements for one query. */
  static final int MAX_READS = 64;

  /** Blocks whose times the node is asked for, for one query, beyond those that are known. */
  public static final int MAX_TIMES = MAX_FIRST;

  /** Errors that an answer tells of. */
  static final int MAX_ERRORS = 100;

  /** For one query; what is begun then is not waited for. */
  static final Duration MAX_TIME = Duration.ofSeconds(10);

  /** For one statement. */
  static final Duration MAX_STATEMENT = Duration.ofSeconds(5);

  /** In line for a query's turn. */
  static final Duration MAX_TURN = Duration.ofSeconds(5);

  private Bounds() {}
}
