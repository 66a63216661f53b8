package org.earnest.kit.fetch;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.apache.hc.client5.http.DnsResolver;

/** Gives its answers in their order, one for each question, and knows no host after them. */
final class FixedNames implements DnsResolver {
  private final Deque<InetAddress[]> answers = new ArrayDeque<>();
  private final List<String> asked = new ArrayList<>();

  FixedNames answering(InetAddress... addresses) {
    answers.add(addresses.clone());
    return this;
  }

  List<String> asked() {
    return asked;
  }

  @Override
  public InetAddress[] resolve(String host) throws UnknownHostException {
    asked.add(host);
    if (answers.isEmpty()) {
      throw new UnknownHostException(host);
    }
    return answers.removeFirst();
  }

  @Override
  public String resolveCanonicalHostname(String host) {
    return host;
  }
}
