package io.processpool.wire;

import static io.processpool.wire.Codecs.roundTrip;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.Serial;
import java.io.Serializable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.DayOfWeek;
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
import java.time.ZonedDateTime;
import java.time.chrono.HijrahDate;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Calendar;
import java.util.Collections;
import java.util.Currency;
import java.util.Date;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.GregorianCalendar;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.Set;
import java.util.SimpleTimeZone;
import java.util.Stack;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.Vector;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Values that have an equals of their own arrive equal, and of the same class. */
@SuppressWarnings({
  "ArrayRecordComponent",
  "GetClassOnEnum",
  "JavaUtilDate",
  "JdkObsolete",
  "UndefinedEquals"
}) // what users send
class EqualValuesTest {

  record Point(int x, long y, double z, String label) {}

  private record Generic<T>(T value, List<? extends T> others, T[] array) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Generic<?> that
          && value.equals(that.value)
          && others.equals(that.others)
          && Arrays.equals(array, that.array);
    }

    @Override
    public int hashCode() {
      return value.hashCode();
    }
  }

  private record Nulls(Integer number, String text, Point point, int[] ints) {}

  private record Empty() {}

  record Primitives(
      boolean flag,
      byte tiny,
      short small,
      char letter,
      int number,
      long large,
      float f,
      double d) {}

  @Test
  void recordsOfPrimitivesArriveEqual() {
    Primitives least =
        new Primitives(
            false,
            Byte.MIN_VALUE,
            Short.MIN_VALUE,
            Character.MIN_VALUE,
            Integer.MIN_VALUE,
            Long.MIN_VALUE,
            Float.NEGATIVE_INFINITY,
            Double.NaN);
    Primitives most =
        new Primitives(
            true,
            Byte.MAX_VALUE,
            Short.MAX_VALUE,
            Character.MAX_VALUE,
            Integer.MAX_VALUE,
            Long.MAX_VALUE,
            -0f,
            Double.MAX_VALUE);

    assertThat(roundTrip(least)).isEqualTo(least);
    assertThat(roundTrip(most)).isEqualTo(most);
  }

  private record OddAccessor(List<String> names) {
    @Override
    @SuppressWarnings("UnusedMethod") // that is the point
    public List<String> names() {
      throw new IllegalStateException("not for serialisation");
    }
  }

  enum Colour {
    RED,
    GREEN {
      @Override
      String hex() {
        return "0f0";
      }
    };

    String hex() {
      return "f00";
    }
  }

  enum Nothing {}

  /** Not serialisable for Java; equal by its fields, which cover all primitive types. */
  static class Plain {
    private boolean z = true;
    private byte b = -1;
    private short s = Short.MIN_VALUE;
    private char c = '\uffff';
    private int i = Integer.MIN_VALUE;
    private long j = Long.MIN_VALUE;
    private float f = Float.NaN;
    private final double d = -0.0;
    private final String text;
    private final Object any;

    Plain(String text, Object any) {
      this.text = text;
      this.any = any;
    }

    private List<Object> all() {
      return Arrays.asList(z, b, s, c, i, j, f, d, text, any);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Plain that && all().equals(that.all());
    }

    @Override
    public int hashCode() {
      return text.hashCode();
    }

    @Override
    public String toString() {
      return "Plain" + all();
    }
  }

  /** The same field name at two levels. */
  static class Derived extends Plain {
    private final String text;

    Derived(String text, Object any) {
      super("base of " + text, any);
      this.text = text;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Derived that && super.equals(other) && text.equals(that.text);
    }

    @Override
    public int hashCode() {
      return super.hashCode();
    }
  }

  @SuppressWarnings("serial") // as users do
  static class Names extends ArrayList<Object> {
    @Serial private static final long serialVersionUID = 1L;
    private final String title;
    private final Plain notSerialisable = new Plain("inside", 1);

    Names(String title, Object... names) {
      super(Arrays.asList(names));
      this.title = title;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Names that
          && super.equals(other)
          && title.equals(that.title)
          && notSerialisable.equals(that.notSerialisable);
    }

    @Override
    public int hashCode() {
      return super.hashCode();
    }
  }

  static class Money extends Number implements Serializable {
    @Serial private static final long serialVersionUID = 1L;
    private final long cents;

    Money(long cents) {
      this.cents = cents;
    }

    @Override
    public int intValue() {
      return (int) cents;
    }

    @Override
    public long longValue() {
      return cents;
    }

    @Override
    public float floatValue() {
      return cents;
    }

    @Override
    public double doubleValue() {
      return cents;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Money that && cents == that.cents;
    }

    @Override
    public int hashCode() {
      return (int) cents;
    }
  }

  static class Timed extends Date {
    @Serial private static final long serialVersionUID = 1L;
    final String note;

    Timed(long time, String note) {
      super(time);
      this.note = note;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Timed that && super.equals(that) && note.equals(that.note);
    }

    @Override
    public int hashCode() {
      return super.hashCode();
    }
  }

  static Stream<Object> scalars() {
    return Stream.of(
        true,
        (byte) -128,
        Short.MAX_VALUE,
        'ß',
        Integer.MIN_VALUE,
        Long.MAX_VALUE,
        Float.MIN_VALUE,
        Double.NaN,
        "",
        "a",
        "plain",
        "Grüße, 世界 \ud83d\ude00",
        "lone surrogate \ud83d",
        "x".repeat(100_000),
        "ü".repeat(100_000),
        new BigInteger("-123456789012345678901234567890"),
        BigInteger.TEN,
        new BigDecimal("3.14159265358979323846264338327950288"),
        new BigDecimal(BigInteger.valueOf(Long.MIN_VALUE), 3),
        new BigDecimal("0.000"),
        new BigDecimal(BigInteger.ONE, Integer.MAX_VALUE),
        new BigDecimal(BigInteger.TWO, Integer.MIN_VALUE),
        new Money(5),
        Colour.RED,
        Colour.GREEN,
        DayOfWeek.MONDAY,
        TimeUnit.DAYS,
        Object.class,
        int.class,
        void.class,
        Integer.class,
        int[][].class,
        Plain[].class,
        Thread.class,
        Colour.GREEN.getClass(),
        new UUID(1, 2),
        URI.create("https://example.org/a%20b?q#f"),
        Path.of("some", "relative", "path"),
        Path.of("/absolute"),
        Path.of(""),
        new File("some/file"),
        Locale.ROOT,
        Locale.GERMANY,
        Locale.forLanguageTag("zh-Hant-TW"),
        Locale.forLanguageTag("th-TH-u-nu-thai"),
        StandardCharsets.UTF_8,
        StandardCharsets.UTF_16LE,
        Currency.getInstance("EUR"),
        InetSocketAddress.createUnresolved("example.org", 80),
        BitSet.valueOf(new long[] {5, 0, -1}),
        new BitSet());
  }

  static Stream<Object> times() {
    ZoneId berlin = ZoneId.of("Europe/Berlin");
    Timestamp nanos = new Timestamp(1_000);
    nanos.setNanos(123_456_789);
    return Stream.of(
        Instant.MIN,
        Instant.MAX,
        Instant.ofEpochSecond(-1, 999_999_999),
        Duration.ofSeconds(-5, 7),
        Period.of(-1, 2, -3),
        LocalDate.MIN,
        LocalDate.MAX,
        LocalTime.MIDNIGHT,
        LocalTime.MAX,
        LocalTime.of(1, 2),
        LocalDateTime.MAX,
        OffsetTime.MAX,
        OffsetDateTime.MIN,
        ZonedDateTime.of(2024, 6, 1, 12, 0, 0, 0, berlin),
        ZonedDateTime.of(2024, 10, 27, 2, 30, 0, 0, berlin).withLaterOffsetAtOverlap(),
        ZonedDateTime.of(2024, 10, 27, 2, 30, 0, 0, berlin).withEarlierOffsetAtOverlap(),
        berlin,
        ZoneId.of("UTC+3"),
        ZoneOffset.ofHoursMinutesSeconds(1, 2, 3),
        Year.of(-5),
        YearMonth.of(2024, 2),
        MonthDay.of(2, 29),
        HijrahDate.of(1445, 1, 1),
        new Date(-1),
        new Timed(5, "note"),
        nanos,
        new java.sql.Date(0),
        TimeZone.getTimeZone("America/New_York"),
        new SimpleTimeZone(3_600_000, "Own", 2, -1, 1, 7_200_000, 9, -1, 1, 7_200_000),
        new GregorianCalendar(2024, Calendar.MARCH, 31));
  }

  static Stream<Object> ours() {
    return Stream.of(
        new Point(1, 2, 3, "four"),
        new Generic<>("a", List.of("b"), new String[] {"c", null}),
        new Nulls(null, null, null, null),
        new Empty(),
        new Plain("text", new Plain("inner", List.of(new Point(1, 2, 3, null)))),
        new Derived("derived", null),
        new Names("title", "a", new Plain("b", null), null),
        new AbstractMap.SimpleEntry<>("k", new Plain("v", 1)),
        new AbstractMap.SimpleImmutableEntry<>(null, null),
        Map.entry("k", new Plain("v", 1)),
        Optional.empty(),
        Optional.of(new Plain("v", 1)),
        OptionalInt.of(1),
        OptionalInt.empty(),
        OptionalLong.of(2),
        OptionalDouble.of(Double.NaN));
  }

  static Stream<Object> collections() {
    Plain p = new Plain("element", 1);
    Properties properties = new Properties();
    properties.setProperty("key", "value");
    return Stream.of(
        List.of(),
        List.of(1),
        List.of(1, "two"),
        List.of(1, "two", p),
        List.of(1, 2, p, 4).subList(1, 3),
        List.copyOf(Arrays.asList(p, p)),
        Stream.of(1, 2, p).toList(),
        Stream.of(1, null, p).toList(),
        Stream.of(1, null, p).toList().subList(0, 2),
        Set.of(),
        Set.of(p),
        Set.of(1, "two", p),
        Map.of(),
        Map.of("k", p),
        Map.of(1, 2, "three", p),
        new ArrayList<>(Arrays.asList(p, null, 1)),
        new ArrayList<>(Collections.nCopies(5_000, 7)),
        new LinkedList<>(Arrays.asList(p, null)),
        new Vector<>(List.of(p)),
        stack(p),
        new HashSet<>(Arrays.asList(p, null)),
        new LinkedHashSet<>(List.of(3, 1, p)),
        new TreeSet<>(List.of(3, 1, 2)),
        new ConcurrentSkipListSet<>(List.of(3, 1, 2)),
        new CopyOnWriteArrayList<>(List.of(p, 2)),
        new CopyOnWriteArraySet<>(List.of(p, 2)),
        new HashMap<>(Collections.singletonMap(null, p)),
        new LinkedHashMap<>(Map.of(1, p, p, 2)),
        new TreeMap<>(Map.of(1, p, 2, p)),
        new ConcurrentSkipListMap<>(Map.of(1, p)),
        new ConcurrentHashMap<>(Map.of(1, p, p, 2)),
        new WeakHashMap<>(Map.of("interned", p)),
        new Hashtable<>(Map.of(1, p)),
        ConcurrentHashMap.newKeySet(),
        setFromMap(p),
        new TreeMap<>(Map.of(1, p, 2, p)).headMap(2),
        new TreeMap<>(Map.of(1, p, 2, p)).descendingMap(),
        properties,
        new EnumMap<>(Map.of(Colour.GREEN, p, Colour.RED, 1)),
        new EnumMap<>(Colour.class),
        EnumSet.of(Colour.GREEN),
        EnumSet.noneOf(Colour.class),
        EnumSet.allOf(Colour.class),
        EnumSet.allOf(Character.UnicodeScript.class),
        Arrays.asList(1, null, p),
        Arrays.asList("only", "strings"),
        Collections.emptyList(),
        Collections.emptySet(),
        Collections.emptyMap(),
        Collections.emptySortedMap(),
        Collections.emptyNavigableSet(),
        Collections.singletonList(p),
        Collections.singleton(p),
        Collections.singletonMap(p, null),
        Collections.nCopies(3, p),
        Collections.unmodifiableList(new ArrayList<>(List.of(p))),
        Collections.unmodifiableList(new LinkedList<>(List.of(p))),
        Collections.unmodifiableSet(new HashSet<>(List.of(p))),
        Collections.unmodifiableSortedSet(new TreeSet<>(Set.of(2, 1))),
        Collections.unmodifiableNavigableSet(new TreeSet<>(Set.of(2, 1))),
        Collections.unmodifiableMap(new HashMap<>(Map.of(1, p))),
        Collections.unmodifiableSortedMap(new TreeMap<>(Map.of(1, p))),
        Collections.unmodifiableNavigableMap(new TreeMap<>(Map.of(1, p))),
        Collections.synchronizedList(new ArrayList<>(List.of(p))),
        Collections.synchronizedList(new LinkedList<>(List.of(p))),
        Collections.synchronizedSet(new HashSet<>(List.of(p))),
        Collections.synchronizedSortedSet(new TreeSet<>(Set.of(2, 1))),
        Collections.synchronizedNavigableSet(new TreeSet<>(Set.of(2, 1))),
        Collections.synchronizedMap(new HashMap<>(Map.of(1, p))),
        Collections.synchronizedSortedMap(new TreeMap<>(Map.of(1, p))),
        Collections.synchronizedNavigableMap(new TreeMap<>(Map.of(1, p))),
        Collections.checkedList(new ArrayList<>(List.of(p)), Plain.class),
        Collections.checkedSet(new HashSet<>(List.of(p)), Plain.class),
        Collections.checkedMap(new HashMap<>(Map.of(1, p)), Integer.class, Plain.class),
        Collections.synchronizedList(Collections.unmodifiableList(Arrays.asList(p, null))),
        IntStream.range(0, 1000).boxed().toList());
  }

  private static Set<Object> setFromMap(Object element) {
    Set<Object> set = Collections.newSetFromMap(new ConcurrentHashMap<>());
    set.add(element);
    return set;
  }

  private static Stack<Object> stack(Object element) {
    Stack<Object> stack = new Stack<>();
    stack.push(element);
    return stack;
  }

  /** Equal to what arrives, but arriving as a collection of their own. */
  static Stream<Arguments> views() {
    Plain p = new Plain("element", 1);
    Map<Object, Object> map = new LinkedHashMap<>();
    map.put("k", p);
    map.put("l", null);
    TreeMap<Object, Object> tree = new TreeMap<>(map);
    return Stream.of(
        Arguments.of(new ArrayList<>(List.of(1, p, 3)).subList(1, 3), ArrayList.class),
        Arguments.of(new LinkedList<>(List.of(1, p, 3)).subList(1, 3), ArrayList.class),
        Arguments.of(Arrays.asList(1, p, 3).subList(1, 3), ArrayList.class),
        Arguments.of(map.keySet(), LinkedHashSet.class),
        Arguments.of(map.entrySet(), LinkedHashSet.class),
        Arguments.of(new ArrayList<>(map.values()), ArrayList.class),
        Arguments.of(tree.keySet(), TreeSet.class),
        Arguments.of(tree.descendingKeySet(), TreeSet.class),
        Arguments.of(new TreeSet<>(Set.of(1, 2, 3)).tailSet(2), TreeSet.class),
        Arguments.of(map.entrySet().iterator().next(), AbstractMap.SimpleEntry.class));
  }

  @ParameterizedTest
  @MethodSource({"scalars", "times", "ours", "collections"})
  void arrivesEqual(Object value) {
    Object arrived = roundTrip(value);

    assertThat(arrived).isEqualTo(value);
    assertThat(arrived.getClass().getName()).startsWith(family(value.getClass()));
  }

  @ParameterizedTest
  @MethodSource({"scalars", "times", "ours", "collections"})
  void arrivesEqualWithinAnotherObjectAndStaysOneObject(Object value) {
    Object[] arrived = roundTrip(new Object[] {value, new Object[] {value}, "after"});

    assertThat(arrived[0]).isEqualTo(value);
    assertThat(((Object[]) arrived[1])[0]).isEqualTo(value);
    assertThat(arrived[2]).isEqualTo("after");
    if (!(value instanceof Number || value instanceof Boolean || value instanceof Character)) {
      assertThat(((Object[]) arrived[1])[0]).isSameAs(arrived[0]);
    }
  }

  @ParameterizedTest
  @MethodSource("views")
  void aViewArrivesAsACopy(Object view, Class<?> copy) {
    Object arrived = roundTrip(view);

    assertThat(arrived).isEqualTo(view);
    assertThat(arrived).isExactlyInstanceOf(copy);
  }

  @Test
  void aRecordTravelsByItsFieldsNotItsAccessors() {
    List<String> names = roundTrip(new OddAccessor(List.of("a"))).names;

    assertThat(names).containsExactly("a");
  }

  @Test
  void emptyEnumsCanBeNamed() {
    assertThat(roundTrip(Nothing.class)).isEqualTo(Nothing.class);
  }

  /** The immutable collections choose a class by size, and enum sets by the number of constants. */
  private static String family(Class<?> type) {
    return type.getName().replaceFirst("(ImmutableCollections)\\$.*", "$1");
  }
}
