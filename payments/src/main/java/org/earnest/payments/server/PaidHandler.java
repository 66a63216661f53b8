package org.earnest.payments.server;

/**
 * Makes what is sold. Runs once per payment.
 *
 * @param <X> what it throws beside bugs
 */
@FunctionalInterface
public interface PaidHandler<X extends Exception> {
  Answer answer() throws X;
}
