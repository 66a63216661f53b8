package org.earnest.kit.log;

import ch.qos.logback.classic.LoggerContext;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;
import org.slf4j.event.Level;

/**
 * Where log events go. Never to standard output, which belongs to what a command prints. Until one
 * of these is called, warnings and errors go to standard error as plain lines.
 */
public final class Logging {
  /** Libraries that tell at info what nobody asked them. */
  private static final Map<String, Level> QUIETER =
      Map.of(
          "org.flywaydb", Level.WARN,
          "com.zaxxer.hikari", Level.WARN,
          "org.eclipse.jetty", Level.WARN,
          "io.javalin", Level.WARN,
          "org.postgresql", Level.WARN,
          "org.apache.hc", Level.WARN,
          "org.jdbi", Level.WARN);

  /**
   * Tells that it could not roll back on a lost connection, after the failure that it throws and
   * that reaches whoever started the program: a start that is broken off is no error.
   */
  private static final String REPEATS =
      "org.flywaydb.core.internal.jdbc.TransactionalExecutionTemplate";

  private Logging() {}

  /**
   * JSON lines on standard error and in a file that is rolled by size.
   *
   * @param level of our own events; libraries stay at warn at least
   */
  public static void start(Level level, Path file) {
    LoggerContext context = reset();
    Appenders.attach(
        context,
        level,
        List.of(Appenders.jsonToError(context), Appenders.jsonToFile(context, file)));
    quiet(context, level);
  }

  /**
   * JSON lines in a file that is rolled by size, and warnings and errors as plain lines on standard
   * error; for a program that speaks to a person for as long as it runs.
   *
   * @param level of our own events in the file
   */
  public static void besideTerminal(Level level, Path file) {
    LoggerContext context = reset();
    Appenders.attach(
        context,
        level,
        List.of(Appenders.warningsToError(context), Appenders.jsonToFile(context, file)));
    quiet(context, level);
  }

  /** Warnings and errors as plain lines on standard error; for commands that end by themselves. */
  public static void plain() {
    plain(reset());
  }

  /** What libraries have to say reaches whoever typed a command as a named error of ours. */
  static void plain(LoggerContext context) {
    Appenders.attach(context, Level.WARN, List.of(Appenders.plainToError(context)));
    QUIETER.keySet().forEach(logger -> Appenders.silence(context, logger));
  }

  private static LoggerContext reset() {
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.reset();
    return context;
  }

  private static void quiet(LoggerContext context, Level level) {
    QUIETER.forEach(
        (logger, atLeast) ->
            context.getLogger(logger).setLevel(Appenders.level(stricter(level, atLeast))));
    Appenders.silence(context, REPEATS);
    context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Appenders.level(level));
  }

  private static Level stricter(Level one, Level other) {
    return one.toInt() >= other.toInt() ? one : other;
  }
}
