package org.earnest.reputation.graph;

import graphql.GraphQLContext;
import graphql.execution.CoercedVariables;
import graphql.language.FloatValue;
import graphql.language.IntValue;
import graphql.language.StringValue;
import graphql.language.Value;
import graphql.schema.Coercing;
import graphql.schema.CoercingParseLiteralException;
import graphql.schema.CoercingParseValueException;
import graphql.schema.GraphQLScalarType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The Graph's scalars: large numbers and bytes are text in answers. */
final class Scalars {
  private static final Pattern INTEGER = Pattern.compile("-?[0-9]{1,78}");
  private static final Pattern DECIMAL =
      Pattern.compile("-?[0-9]{1,78}(\\.[0-9]{1,40})?([eE][+-]?[0-9]{1,4})?");

  /** Of a decimal number, ten to the power of which it is moved. */
  private static final int MAX_EXPONENT = 78;

  private static final Pattern DIGITS = Pattern.compile("(0x)?([0-9a-fA-F]{2}){0,512}");

  static final GraphQLScalarType BIG_INT =
      scalar("BigInt", text -> new BigInteger(matching(INTEGER, text, "a whole number")));
  static final GraphQLScalarType BIG_DECIMAL = scalar("BigDecimal", Scalars::decimal);
  static final GraphQLScalarType BYTES = scalar("Bytes", Scalars::bytes);

  private Scalars() {}

  private static BigDecimal decimal(String text) {
    BigDecimal number = new BigDecimal(matching(DECIMAL, text, "a decimal number"));
    if (Math.abs(number.scale()) > MAX_EXPONENT) {
      throw new IllegalArgumentException("exponents of at most " + MAX_EXPONENT + " expected");
    }
    return number;
  }

  private static String bytes(String text) {
    String digits = matching(DIGITS, text, "0x and digits").toLowerCase(Locale.ROOT);
    return digits.startsWith("0x") ? digits : "0x" + digits;
  }

  private static String matching(Pattern pattern, String text, String expected) {
    if (!pattern.matcher(text).matches()) {
      throw new IllegalArgumentException(expected + " expected");
    }
    return text;
  }

  private static GraphQLScalarType scalar(String name, Function<String, Object> parser) {
    return GraphQLScalarType.newScalar()
        .name(name)
        .coercing(new TextCoercing(name, parser))
        .build();
  }

  private record TextCoercing(String name, Function<String, Object> parser)
      implements Coercing<Object, String> {
    @Override
    public String serialize(Object value, GraphQLContext context, Locale locale) {
      return value.toString();
    }

    @Override
    public Object parseValue(Object input, GraphQLContext context, Locale locale) {
      try {
        return parser.apply(input.toString());
      } catch (IllegalArgumentException refused) {
        throw new CoercingParseValueException(name + ": " + refused.getMessage());
      }
    }

    @Override
    public Object parseLiteral(
        Value<?> input, CoercedVariables variables, GraphQLContext context, Locale locale) {
      String text =
          switch (input) {
            case StringValue string -> String.valueOf(string.getValue());
            case IntValue number -> number.getValue().toString();
            case FloatValue number -> number.getValue().toString();
            default -> "";
          };
      try {
        return parser.apply(text);
      } catch (IllegalArgumentException refused) {
        throw new CoercingParseLiteralException(name + ": " + refused.getMessage());
      }
    }
  }
}
