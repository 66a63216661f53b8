package org.earnest.kit.submission;

import java.util.Locale;
import org.earnest.core.submission.SubmissionState;

/** The states' names, in rows and in answers alike. */
enum StateName {
  CLAIMED,
  PREPARED,
  SIGNED,
  BROADCAST,
  MINED,
  REVERTED,
  EXPIRED,
  FINAL,
  REJECTED,
  REPLACED,
  REORGANISED,
  CARRIED,
  DISSOLVED;

  static StateName of(SubmissionState state) {
    return switch (state) {
      case SubmissionState.Claimed s -> CLAIMED;
      case SubmissionState.Prepared s -> PREPARED;
      case SubmissionState.Signed s -> SIGNED;
      case SubmissionState.Broadcast s -> BROADCAST;
      case SubmissionState.Mined s -> MINED;
      case SubmissionState.Reverted s -> REVERTED;
      case SubmissionState.Expired s -> EXPIRED;
      case SubmissionState.Final s -> FINAL;
      case SubmissionState.Rejected s -> REJECTED;
      case SubmissionState.Replaced s -> REPLACED;
      case SubmissionState.Reorganised s -> REORGANISED;
      case SubmissionState.Carried s -> CARRIED;
      case SubmissionState.Dissolved s -> DISSOLVED;
    };
  }

  static StateName of(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }

  /** Whether somebody still has to do something about it, as {@link SubmissionState#open} says. */
  boolean open() {
    return switch (this) {
      case CLAIMED, PREPARED, SIGNED, BROADCAST, REORGANISED -> true;
      case MINED, REVERTED, EXPIRED, FINAL, REJECTED, REPLACED, CARRIED, DISSOLVED -> false;
    };
  }

  String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
