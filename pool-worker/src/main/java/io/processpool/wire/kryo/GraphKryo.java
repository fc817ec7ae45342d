package io.processpool.wire.kryo;

import com.esotericsoftware.kryo.kryo5.DefaultSerializer;
import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.ReferenceResolver;
import com.esotericsoftware.kryo.kryo5.Registration;
import com.esotericsoftware.kryo.kryo5.Serializer;
import com.esotericsoftware.kryo.kryo5.SerializerFactory;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.serializers.DefaultSerializers.KryoSerializableSerializer;
import com.esotericsoftware.kryo.kryo5.util.ObjectMap;
import io.processpool.function.SerializableConsumer;
import java.io.ObjectInputStream;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Kryo with its choice of serialisers taken away.
 *
 * <p>Kryo's own choice loses things without a word: a comparator, a map's access order, a locale's
 * script, the fields of a class that extends a collection, the outer instance of an inner class. It
 * also depends on opening the JDK's packages. Here {@link Route} decides, by class: a serialiser of
 * this package, Java serialisation, or a refusal. What the user registers, adds as a default or
 * annotates comes before all that.
 *
 * <p>The stream says which of these was used, by the registered id of a stand-in: the reader need
 * not come to the same decision. Not thread-safe, as any Kryo.
 */
@SuppressWarnings({"rawtypes", "unchecked"}) // Kryo's signatures
final class GraphKryo extends Kryo {
  static {
    QuietKryo.load();
  }

  private final ObjectGraph graph;
  private final ClassNames names;
  private final Admission admission;
  private final IdentityHashMap<Class<?>, Registration> standIns = new IdentityHashMap<>();
  private final List<Class<?>> usersDefaults = new ArrayList<>();
  private final ObjectMap streams = new FilteredStreams();
  private boolean usersFallback;
  private boolean ready;

  private GraphKryo(ClassNames names, ObjectGraph graph) {
    super(new GraphClassResolver(names), graph);
    this.names = names;
    this.graph = graph;
    this.admission = new Admission(names.filter());
  }

  static GraphKryo create(
      ClassNames names, @Nullable SerializableConsumer<? super Kryo> customizer) {
    GraphKryo kryo = new GraphKryo(names, new ObjectGraph());
    kryo.setClassLoader(names.loader());
    kryo.setRegistrationRequired(false);
    kryo.setOptimizedGenerics(false);
    kryo.setInstantiatorStrategy(new CreationStrategy());
    PlatformRegistrations.addTo(kryo);
    kryo.ready = true;
    if (customizer != null) {
      customizer.accept(kryo);
    }
    return kryo;
  }

  static ObjectGraph graphOf(Kryo kryo) {
    return ((GraphKryo) kryo).graph;
  }

  static ClassNames namesOf(Kryo kryo) {
    return ((GraphKryo) kryo).names;
  }

  static Admission admissionOf(Kryo kryo) {
    return ((GraphKryo) kryo).admission;
  }

  /** Whether the user said how to serialise the class. */
  boolean isCustomised(Class<?> type) {
    if (type.isAnnotationPresent(DefaultSerializer.class)) {
      return true;
    }
    for (Class<?> general : usersDefaults) {
      if (general.isAssignableFrom(type)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public @Nullable Registration readClass(Input in) {
    Registration read = super.readClass(in);
    admission.object(read == null ? null : read.getType(), this, in);
    return read;
  }

  /** Kryo's own serialiser of Java streams keeps its stream here. */
  @Override
  public ObjectMap getGraphContext() {
    return streams;
  }

  @Override
  public void reset() {
    super.reset();
    if (streams != null) {
      streams.clear();
    }
  }

  @Override
  public Registration getRegistration(Class type) {
    Registration registered = getClassResolver().getRegistration(type);
    if (registered == null) {
      registered = standIns.get(type);
    }
    return registered != null ? registered : newRegistration(type);
  }

  private Registration newRegistration(Class<?> type) {
    if (isCustomised(type)) {
      return getClassResolver().registerImplicit(type);
    }
    Route route = Route.of(type);
    if (route.refusal() != null) {
      throw new NotTravellingException(Route.describe(type) + " " + route.refusal());
    }
    if (route.standIn() == type) {
      return getClassResolver().registerImplicit(type);
    }
    Registration standIn = getRegistration(route.standIn());
    standIns.put(type, standIn);
    return standIn;
  }

  @Override
  public Serializer getDefaultSerializer(Class type) {
    if (isCustomised(type)) {
      return super.getDefaultSerializer(type);
    }
    Route route = Route.of(type);
    return switch (route.kind()) {
      case FIELDS ->
          usersFallback || InstanceFields.haveKryoAnnotations(type)
              ? newDefaultSerializer(type)
              : FieldsSerializer.of(type);
      case RECORD -> RecordSerializer.of(type);
      case ENUM -> new EnumSerializer(type);
      case OBJECT_ARRAY -> new ObjectArraySerializer();
      case KRYO_SERIALIZABLE -> new KryoSerializableSerializer();
      case STAND_IN -> getRegistration(route.standIn()).getSerializer();
      case REFUSED -> new RefusingSerializer(Route.describe(type) + " " + route.refusal());
    };
  }

  @Override
  public void addDefaultSerializer(Class type, Serializer serializer) {
    noteDefault(type);
    super.addDefaultSerializer(type, serializer);
  }

  @Override
  public void addDefaultSerializer(Class type, SerializerFactory factory) {
    noteDefault(type);
    super.addDefaultSerializer(type, factory);
  }

  @Override
  public void addDefaultSerializer(Class type, Class<? extends Serializer> serializer) {
    noteDefault(type);
    super.addDefaultSerializer(type, serializer);
  }

  @Override
  public void setDefaultSerializer(SerializerFactory factory) {
    usersFallback = true;
    super.setDefaultSerializer(factory);
  }

  @Override
  public void setDefaultSerializer(Class<? extends Serializer> serializer) {
    usersFallback = true;
    super.setDefaultSerializer(serializer);
  }

  @Override
  public void setReferenceResolver(ReferenceResolver resolver) {
    throw new UnsupportedOperationException("the pool's own reference resolver is needed");
  }

  /** What serialisers keep for one graph; a Java stream among it is filtered from then on. */
  private final class FilteredStreams extends ObjectMap {
    @Override
    public @Nullable Object put(Object key, Object value) {
      if (value instanceof ObjectInputStream stream) {
        admission.filter(stream, GraphKryo.this);
      }
      return super.put(key, value);
    }
  }

  private void noteDefault(Class<?> type) {
    if (ready) {
      usersDefaults.add(type);
    }
  }
}
