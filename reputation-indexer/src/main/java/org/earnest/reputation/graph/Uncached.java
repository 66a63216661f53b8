package org.earnest.reputation.graph;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.cache.JdbiCache;
import org.jdbi.v3.core.cache.JdbiCacheBuilder;
import org.jdbi.v3.core.cache.JdbiCacheLoader;
import org.jdbi.v3.core.statement.ColonPrefixSqlParser;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jspecify.annotations.Nullable;

/**
 * Remembers no statement: strangers give these their shape, and JDBI's caches count statements
 * however large they are.
 */
final class Uncached implements JdbiCacheBuilder {
  private Uncached() {}

  /** For the statements of this handle alone. */
  static void in(Handle handle) {
    handle
        .getConfig(SqlStatements.class)
        .setTemplateCache(new Uncached())
        .setSqlParser(new ColonPrefixSqlParser(new Uncached()));
  }

  @Override
  public <K, V> JdbiCache<K, V> build() {
    return new None<>(
        key -> {
          throw new IllegalStateException("a cache that nothing loads has nothing");
        });
  }

  @Override
  public <K, V> JdbiCache<K, V> buildWithLoader(JdbiCacheLoader<K, V> loader) {
    return new None<>(loader);
  }

  @Override
  public JdbiCacheBuilder maxSize(int size) {
    return this;
  }

  private record None<K, V>(JdbiCacheLoader<K, V> loader) implements JdbiCache<K, V> {
    @Override
    public V get(K key) {
      return loader.create(key);
    }

    @Override
    public V getWithLoader(K key, JdbiCacheLoader<K, V> other) {
      return other.create(key);
    }

    @Override
    @SuppressWarnings("TypeParameterUnusedInFormals") // as JDBI declares it
    public <T> @Nullable T getStats() {
      return null;
    }
  }
}
