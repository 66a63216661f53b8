package org.earnest.cli.deal;

/**
 * Something that is done.
 *
 * @param at second of 1970
 * @param leg counted from 0
 */
record Move(long at, int leg, Act act) {}
