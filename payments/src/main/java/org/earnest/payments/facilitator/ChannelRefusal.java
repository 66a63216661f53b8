package org.earnest.payments.facilitator;

import org.earnest.payments.channel.ChannelReason;

/**
 * Why no gas is spent on what is asked for a channel.
 *
 * @param code stable
 * @param detail for a person
 */
record ChannelRefusal(String code, String detail) {
  static ChannelRefusal of(ChannelReason reason, String detail) {
    return new ChannelRefusal(reason.code(), detail);
  }
}
