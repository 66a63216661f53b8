package org.earnest.credentials;

import java.util.ArrayList;
import java.util.List;
import org.earnest.credentials.VerificationCheck.Stage;
import org.earnest.credentials.model.InvalidCredentialException;

/** Writes down each check of one verification as it is made. */
final class CheckList {
  private final List<VerificationCheck> checks = new ArrayList<>();

  interface Check<T> {
    T make() throws InvalidCredentialException;
  }

  <T> T make(Stage stage, String promise, Check<T> check) throws InvalidCredentialException {
    try {
      T result = check.make();
      checks.add(new VerificationCheck(stage, true, promise));
      return result;
    } catch (InvalidCredentialException refused) {
      checks.add(new VerificationCheck(stage, false, refused.detail()));
      throw refused;
    }
  }

  /** A check that says itself what it found. */
  void find(Stage stage, Check<String> check) throws InvalidCredentialException {
    try {
      checks.add(new VerificationCheck(stage, true, check.make()));
    } catch (InvalidCredentialException refused) {
      checks.add(new VerificationCheck(stage, false, refused.detail()));
      throw refused;
    }
  }

  List<VerificationCheck> made() {
    return List.copyOf(checks);
  }
}
