package org.earnest.core.deal;

/**
 * A rule of the escrow that terms break.
 *
 * @param error the contract's error of the same meaning, such as {@code DueOutsideWindow}
 * @param detail both sides of what does not fit
 */
public record BrokenRule(String error, String detail) {}
