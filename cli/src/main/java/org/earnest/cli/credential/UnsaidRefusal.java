package org.earnest.cli.credential;

import java.net.URI;
import org.earnest.cli.client.Answer;
import org.earnest.cli.client.HouseClient;
import org.earnest.kit.process.StartupException;

/** What is to be thought of an answer that names no problem, as every house's own refusals do. */
final class UnsaidRefusal {
  private static final int CENTURY = 100;
  private static final int REDIRECTED = 3;
  private static final int FAILED = 5;
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int TOO_LARGE = 413;

  private UnsaidRefusal() {}

  static StartupException of(URI address, Answer answer) {
    int status = answer.status();
    return switch (status) {
      case UNAUTHORIZED, FORBIDDEN ->
          new StartupException(
              "not_a_house",
              "what answers at %s lets nobody in (%d) and is no house".formatted(address, status),
              "Name the house's own address with --url, and not that of what stands before it");
      case NOT_FOUND ->
          new StartupException(
              "not_a_house",
              "what answers at %s knows no credentials (404)".formatted(address),
              "Name a house's address with --url, without a path");
      case TOO_LARGE ->
          new StartupException(
              "request_too_large",
              "what answers at %s takes nothing so large (413)".formatted(address),
              "Leave out of it what need not be said");
      default -> byKind(address, answer);
    };
  }

  private static StartupException byKind(URI address, Answer answer) {
    return switch (answer.status() / CENTURY) {
      case REDIRECTED ->
          new StartupException(
              "house_moved",
              "what answers at %s sends elsewhere (%d), where nobody was asked"
                  .formatted(address, answer.status()),
              "Name that address with --url, if you believe that the house is there");
      case FAILED ->
          new StartupException(
              "house_failed",
              "what answers at %s failed (%d) and does not say why; whether it did what was asked is"
                      .formatted(address, answer.status())
                  + " not known",
              "Look at the house's log before you try again");
      default ->
          new StartupException(
              "not_a_house",
              "what answers at %s with %d is no house".formatted(address, answer.status()),
              "Name the house's address with --url");
    };
  }

  static StartupException tooLarge(URI address, RuntimeException cause) {
    return new StartupException(
        "answer_too_large",
        "what answers at %s says more than %d bytes and was not heard to its end"
            .formatted(address, HouseClient.MAX_ANSWER_BYTES),
        "Name the house's address with --url",
        cause);
  }
}
