package org.earnest.bindings.submission;

import org.earnest.bindings.call.CallBatchCalls;
import org.earnest.core.submission.Submission;

/** What may be carried, with the gas that it needs. */
record BatchItem(Submission submission, CallBatchCalls.Item call) {}
