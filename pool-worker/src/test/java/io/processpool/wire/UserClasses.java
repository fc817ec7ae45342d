package io.processpool.wire;

import io.processpool.function.SerializableCallable;
import io.processpool.function.SerializableFunction;
import java.io.Serial;
import java.io.Serializable;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;

/** Classes that the tests load in two loaders. */
public final class UserClasses {
  private UserClasses() {}

  /** With a constant of a class of its own. */
  public enum Level {
    LOW,
    HIGH {}
  }

  /** A plain class with public fields, for which code used to be generated. */
  public static class Bean extends HiddenBase {
    public int number = 1;
    public List<Object> list = List.of();
    Bean[] more = {};
  }

  static class HiddenBase {
    public int inherited = 2;
  }

  record Data(Level level, Class<?> type, Class<?> array) {}

  /** Of the user's own, and with a field that Java cannot serialise. */
  @SuppressWarnings("serial") // as users do
  public static class Trouble extends Exception {
    @Serial private static final long serialVersionUID = 1L;
    final Bean bean = new Bean();

    /** Creates trouble. */
    public Trouble(String message, Throwable cause) {
      super(message, cause);
    }
  }

  interface Named {
    String name();
  }

  private record Handler(String name) implements InvocationHandler, Serializable {
    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) {
      return name;
    }
  }

  private static SerializableFunction<Integer, Integer> adding(Bean bean) {
    return x -> x + bean.number;
  }

  /** One of everything that needs a class to be found. */
  public static Object everything() {
    Bean bean = new Bean();
    bean.list = Arrays.asList(bean, Level.HIGH);
    bean.more = new Bean[] {bean};
    EnumMap<Level, Object> map = new EnumMap<>(Level.class);
    map.put(Level.HIGH, bean);
    SerializableCallable<Bean> constructor = Bean::new;
    Object proxy =
        Proxy.newProxyInstance(
            Named.class.getClassLoader(), new Class<?>[] {Named.class}, new Handler("proxy"));
    return new Object[] {
      bean,
      new Data(Level.LOW, Bean.class, Bean[][].class),
      map,
      EnumSet.allOf(Level.class),
      new Trouble("trouble", null),
      adding(bean),
      constructor,
      proxy,
      new LinkedBlockingQueue<>(List.of(bean, proxy)),
      Collections.checkedList(Arrays.asList(bean), Bean.class),
      Map.of(Level.HIGH, new Bean[][] {{bean}})
    };
  }

  /** Uses what {@link #everything} made; returns a summary. */
  @SuppressWarnings("unchecked") // as made above
  public static String use(Object everything) throws Exception {
    Object[] all = (Object[]) everything;
    Bean bean = (Bean) all[0];
    Data data = (Data) all[1];
    Map<Level, Bean> map = (Map<Level, Bean>) all[2];
    SerializableFunction<Integer, Integer> adding = (SerializableFunction<Integer, Integer>) all[5];
    SerializableCallable<Bean> constructor = (SerializableCallable<Bean>) all[6];
    Object[] queue = ((LinkedBlockingQueue<Object>) all[8]).toArray();
    Map<Level, Bean[][]> arrays = (Map<Level, Bean[][]>) all[10];
    return String.join(
        " ",
        String.valueOf(bean.list.get(0) == bean && bean.more[0] == bean && bean.inherited == 2),
        String.valueOf(data.type == Bean.class && data.array == Bean[][].class),
        String.valueOf(map.get(Level.HIGH) == bean),
        String.valueOf(((EnumSet<Level>) all[3]).contains(Level.HIGH)),
        ((Trouble) all[4]).getMessage() + ((Trouble) all[4]).bean.number,
        String.valueOf(adding.apply(1)),
        String.valueOf(constructor.call().number),
        ((Named) all[7]).name(),
        String.valueOf(queue[0] == bean && queue[1] == all[7]),
        String.valueOf(((List<Bean>) all[9]).get(0) == bean),
        String.valueOf(arrays.get(Level.HIGH)[0][0] == bean));
  }
}
