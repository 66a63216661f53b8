package org.earnest.credentials.store;

import java.util.UUID;

/**
 * A place in a list.
 *
 * @param index from 0
 */
public record StatusSlot(UUID list, int index) {}
