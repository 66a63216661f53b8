package org.earnest.reputation.graph;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.cache.JdbiCache;
import org.jdbi.v3.core.cache.JdbiCacheBuilder;
import org.jdbi.v3.core.cache.JdbiCacheLoader;
import org.jdbi.v3.core.statement.ColonPrefixSqlParser;
import org.jdbi.v3.core.statement.SqlParser;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.TemplateEngine;
import org.jspecify.annotations.Nullable;

/**
 * Remembers statements' parameters by their characters: strangers give these statements their
 * shape, and JDBI's own caches count statements however large they are.
 */
final class StatementTexts implements JdbiCacheBuilder {
  /** Of all statements that are remembered. */
  private static final long MAX_CHARS = 4L * 1024 * 1024;

  private static final SqlParser PARSER = new ColonPrefixSqlParser(new StatementTexts());

  private StatementTexts() {}

  /** For the statements of this handle alone, which are no templates. */
  static void in(Handle handle) {
    handle
        .getConfig(SqlStatements.class)
        .setTemplateEngine(TemplateEngine.NOP)
        .setSqlParser(PARSER);
  }

  @Override
  public <K, V> JdbiCache<K, V> build() {
    return buildWithLoader(
        key -> {
          throw new IllegalStateException("a cache that nothing loads has nothing");
        });
  }

  @Override
  public <K, V> JdbiCache<K, V> buildWithLoader(JdbiCacheLoader<K, V> loader) {
    return new Remembered<>(
        Caffeine.newBuilder()
            .maximumWeight(MAX_CHARS)
            .<K, V>weigher((statement, parsed) -> statement.toString().length())
            .build(),
        loader);
  }

  @Override
  public JdbiCacheBuilder maxSize(int size) {
    return this;
  }

  private record Remembered<K, V>(Cache<K, V> known, JdbiCacheLoader<K, V> loader)
      implements JdbiCache<K, V> {
    @Override
    public V get(K key) {
      return getWithLoader(key, loader);
    }

    @Override
    public V getWithLoader(K key, JdbiCacheLoader<K, V> other) {
      return known.get(key, other::create);
    }

    @Override
    @SuppressWarnings("TypeParameterUnusedInFormals") // as JDBI declares it
    public <T> @Nullable T getStats() {
      return null;
    }
  }
}
