package org.earnest.kit.fetch;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.config.Http1Config;
import org.earnest.kit.Version;

/** HTTP clients that follow nothing, remember nothing, repeat nothing and use no proxy. */
final class GuardedClients {
  static final int MAX_CONNECTIONS = 64;
  static final int MAX_CONNECTIONS_PER_HOST = 8;
  static final int MAX_HEADERS = 100;
  static final int MAX_HEADER_LINE = 8 * 1024;
  static final Duration CONNECT_PATIENCE = Duration.ofSeconds(5);

  private GuardedClients() {}

  static CloseableHttpClient create(DnsResolver resolver, TlsSocketStrategy tls) {
    Http1Config http =
        Http1Config.custom()
            .setMaxHeaderCount(MAX_HEADERS)
            .setMaxLineLength(MAX_HEADER_LINE)
            .build();
    PoolingHttpClientConnectionManagerBuilder connections =
        PoolingHttpClientConnectionManagerBuilder.create()
            .setDnsResolver(resolver)
            .setTlsSocketStrategy(tls)
            .setConnectionFactory(
                ManagedHttpClientConnectionFactory.builder().http1Config(http).build())
            .setMaxConnTotal(MAX_CONNECTIONS)
            .setMaxConnPerRoute(MAX_CONNECTIONS_PER_HOST)
            .setDefaultConnectionConfig(
                ConnectionConfig.custom()
                    .setConnectTimeout(CONNECT_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                    .build());
    return HttpClients.custom()
        .setConnectionManager(connections.build())
        .setDefaultRequestConfig(
            RequestConfig.custom()
                .setConnectionRequestTimeout(CONNECT_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .setProtocolUpgradeEnabled(false)
                .build())
        .setUserAgent("Earnest/" + Version.current())
        .disableRedirectHandling()
        .disableContentCompression()
        .disableCookieManagement()
        .disableAuthCaching()
        .disableAutomaticRetries()
        .build();
  }
}
