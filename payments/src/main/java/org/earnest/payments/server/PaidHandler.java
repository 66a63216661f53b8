package org.earnest.payments.server;

/** Makes what is sold. Runs once per payment. */
@FunctionalInterface
public interface PaidHandler {
  Answer answer() throws Exception;
}
