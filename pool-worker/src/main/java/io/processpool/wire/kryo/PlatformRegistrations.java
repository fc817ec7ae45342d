package io.processpool.wire.kryo;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.Serializer;
import com.esotericsoftware.kryo.kryo5.serializers.DefaultSerializers;
import com.esotericsoftware.kryo.kryo5.serializers.OptionalSerializers;
import com.esotericsoftware.kryo.kryo5.serializers.TimeSerializers;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.net.URL;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.BitSet;
import java.util.Currency;
import java.util.Date;
import java.util.DoubleSummaryStatistics;
import java.util.IntSummaryStatistics;
import java.util.LongSummaryStatistics;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;

/**
 * Registers the JDK classes that have a serialiser, under ids that are the same in every process of
 * one version of this library. Those of Kryo are used where they lose nothing.
 */
final class PlatformRegistrations {
  private PlatformRegistrations() {}

  static void addTo(Kryo kryo) {
    addStandIns(kryo);
    addArrays(kryo);
    PlatformCollections.addTo(kryo);
    addNumbersAndText(kryo);
    addTimes(kryo);
    addHolders(kryo);
    addResources(kryo);
  }

  private static void addStandIns(Kryo kryo) {
    kryo.register(JavaSerializer.class, new JavaSerializer());
    kryo.register(LambdaSerializer.class, new LambdaSerializer());
    kryo.register(ProxySerializer.class, new ProxySerializer());
    kryo.register(ViewSerializer.class, new ViewSerializer());
  }

  private static void addArrays(Kryo kryo) {
    Serializer<Object> primitives = new PrimitiveArrays();
    kryo.register(boolean[].class, primitives);
    kryo.register(byte[].class, primitives);
    kryo.register(short[].class, primitives);
    kryo.register(char[].class, primitives);
    kryo.register(int[].class, primitives);
    kryo.register(long[].class, primitives);
    kryo.register(float[].class, primitives);
    kryo.register(double[].class, primitives);
    kryo.register(Object[].class, new ObjectArraySerializer());
    kryo.register(String[].class, new ObjectArraySerializer());
  }

  private static void addNumbersAndText(Kryo kryo) {
    kryo.register(BigInteger.class, new DefaultSerializers.BigIntegerSerializer());
    kryo.register(BigDecimal.class, new DefaultSerializers.BigDecimalSerializer());
    kryo.register(StringBuilder.class, new DefaultSerializers.StringBuilderSerializer());
    kryo.register(StringBuffer.class, new DefaultSerializers.StringBufferSerializer());
    kryo.register(Pattern.class, new DefaultSerializers.PatternSerializer());
    kryo.register(UUID.class, new DefaultSerializers.UUIDSerializer());
    kryo.register(BitSet.class, new DefaultSerializers.BitSetSerializer());
    kryo.register(Currency.class, new DefaultSerializers.CurrencySerializer());
    Serializer<Object> statistics = new StatisticsSerializer();
    kryo.register(IntSummaryStatistics.class, statistics);
    kryo.register(LongSummaryStatistics.class, statistics);
    kryo.register(DoubleSummaryStatistics.class, statistics);
  }

  private static void addTimes(Kryo kryo) {
    kryo.register(Date.class, new DateSerializer());
    kryo.register(Duration.class, new TimeSerializers.DurationSerializer());
    kryo.register(Instant.class, new TimeSerializers.InstantSerializer());
    kryo.register(LocalDate.class, new TimeSerializers.LocalDateSerializer());
    kryo.register(LocalTime.class, new TimeSerializers.LocalTimeSerializer());
    kryo.register(LocalDateTime.class, new TimeSerializers.LocalDateTimeSerializer());
    kryo.register(ZoneOffset.class, new TimeSerializers.ZoneOffsetSerializer());
    kryo.register(ZoneId.class, new TimeSerializers.ZoneIdSerializer());
    kryo.register(OffsetTime.class, new TimeSerializers.OffsetTimeSerializer());
    kryo.register(OffsetDateTime.class, new TimeSerializers.OffsetDateTimeSerializer());
    kryo.register(Year.class, new TimeSerializers.YearSerializer());
    kryo.register(YearMonth.class, new TimeSerializers.YearMonthSerializer());
    kryo.register(MonthDay.class, new TimeSerializers.MonthDaySerializer());
    kryo.register(Period.class, new TimeSerializers.PeriodSerializer());
  }

  private static void addHolders(Kryo kryo) {
    kryo.register(Optional.class, new HolderSerializer(HolderSerializer.Kind.OPTIONAL));
    kryo.register(OptionalInt.class, new OptionalSerializers.OptionalIntSerializer());
    kryo.register(OptionalLong.class, new OptionalSerializers.OptionalLongSerializer());
    kryo.register(OptionalDouble.class, new OptionalSerializers.OptionalDoubleSerializer());
    kryo.register(AtomicBoolean.class, new DefaultSerializers.AtomicBooleanSerializer());
    kryo.register(AtomicInteger.class, new DefaultSerializers.AtomicIntegerSerializer());
    kryo.register(AtomicLong.class, new DefaultSerializers.AtomicLongSerializer());
    kryo.register(AtomicReference.class, new AtomicReferenceSerializer());
  }

  private static void addResources(Kryo kryo) {
    kryo.register(Object.class, new LockSerializer());
    kryo.register(Class.class, new ClassSerializer());
    kryo.register(URI.class, new DefaultSerializers.URISerializer());
    kryo.register(URL.class, new DefaultSerializers.URLSerializer());
    kryo.register(Path.class, new PathSerializer());
    kryo.register(Charset.class, new DefaultSerializers.CharsetSerializer());
  }
}
