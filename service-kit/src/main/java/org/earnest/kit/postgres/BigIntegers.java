package org.earnest.kit.postgres;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.argument.AbstractArgumentFactory;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.config.ConfigRegistry;
import org.jspecify.annotations.Nullable;

/** Whole numbers of any size as {@code numeric}; a fraction in the column throws. */
final class BigIntegers extends AbstractArgumentFactory<BigInteger> {
  private BigIntegers() {
    super(Types.NUMERIC);
  }

  static void register(Jdbi jdbi) {
    jdbi.registerArgument(new BigIntegers());
    jdbi.registerColumnMapper(BigInteger.class, (row, column, context) -> read(row, column));
  }

  private static @Nullable BigInteger read(ResultSet row, int column) throws SQLException {
    BigDecimal number = row.getBigDecimal(column);
    return number == null ? null : number.toBigIntegerExact();
  }

  @Override
  protected Argument build(BigInteger value, ConfigRegistry config) {
    return (position, statement, context) ->
        statement.setBigDecimal(position, new BigDecimal(value));
  }
}
