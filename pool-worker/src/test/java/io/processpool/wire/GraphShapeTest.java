package io.processpool.wire;

import static io.processpool.wire.Codecs.roundTrip;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.processpool.TaskSerializationException;
import java.io.Serial;
import java.io.Serializable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is one object stays one object, and a cycle stays a cycle. */
class GraphShapeTest {

  static class Node {
    Object first;
    Object second;
  }

  record Pair(Object first, Object second) {}

  /** Its name comes after its friends, in the order of the fields' names. */
  static class Person {
    final Set<Person> friends = new HashSet<>();
    final Map<Person, String> letters = new HashMap<>();
    final String name;

    Person(String name) {
      this.name = name;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Person that && name.equals(that.name);
    }

    @Override
    public int hashCode() {
      return name.hashCode();
    }
  }

  static class Team {
    Set<Member> members = Set.of();
    Map<Member, String> roles = Map.of();
  }

  record Member(String name, Team team) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Member that && name.equals(that.name);
    }

    @Override
    public int hashCode() {
      return Objects.hash(name);
    }
  }

  /** Writes itself, with parents that do so too. */
  @SuppressWarnings("serial") // as users do
  static class Tree implements Serializable {
    @Serial private static final long serialVersionUID = 1L;
    final List<Tree> children = new ArrayList<>();
    @Nullable Tree parent;
    Node payload = new Node();

    Tree child() {
      Tree child = new Tree();
      child.parent = this;
      children.add(child);
      return child;
    }

    @Serial
    private void writeObject(java.io.ObjectOutputStream out) throws java.io.IOException {
      out.defaultWriteObject();
    }
  }

  interface Task extends Serializable, Supplier<Object> {}

  static class Job {
    int offset = 3;
    Task task = () -> this.offset;
    Job self = this;
  }

  private static Node node(@Nullable Object first, @Nullable Object second) {
    Node node = new Node();
    node.first = first;
    node.second = second;
    return node;
  }

  @ParameterizedTest
  @ValueSource(ints = {40, 1_500, 33, 1_024, 2_100, 100_000, 1_500})
  void eachOfManyObjectsStaysOne(int count) {
    List<Object> objects = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      objects.add(new Pair(i, null));
    }
    List<List<Object>> both = roundTrip(List.of(objects, new ArrayList<>(objects)));
    assertThat(both.get(0)).isEqualTo(objects);
    for (int i = 0; i < objects.size(); i++) {
      assertThat(both.get(0).get(i) == both.get(1).get(i)).isTrue();
    }
    Pair few = roundTrip(new Pair(objects.get(0), objects.get(0)));
    assertThat(few.first()).isEqualTo(objects.get(0)).isSameAs(few.second());
  }

  @Test
  void anObjectMayReferToItself() {
    Node node = new Node();
    node.first = node;

    Node arrived = roundTrip(node);

    assertThat(arrived.first).isSameAs(arrived);
  }

  @Test
  void listsMapsAndArraysMayContainThemselves() {
    List<Object> list = new ArrayList<>();
    list.add(list);
    Map<Object, Object> map = new HashMap<>();
    map.put("self", map);
    Object[] array = new Object[1];
    array[0] = array;
    ArrayDeque<Object> deque = new ArrayDeque<>();
    deque.add(deque);
    AtomicReference<Object> reference = new AtomicReference<>();
    reference.set(reference);

    List<Object> arrivedList = roundTrip(list);
    Map<Object, Object> arrivedMap = roundTrip(map);
    Object[] arrivedArray = roundTrip(array);
    ArrayDeque<Object> arrivedDeque = roundTrip(deque);
    AtomicReference<Object> arrivedReference = roundTrip(reference);

    assertThat(arrivedList.get(0)).isSameAs(arrivedList);
    assertThat(arrivedMap.get("self")).isSameAs(arrivedMap);
    assertThat(arrivedArray[0]).isSameAs(arrivedArray);
    assertThat(arrivedDeque.peek()).isSameAs(arrivedDeque);
    assertThat(arrivedReference.get()).isSameAs(arrivedReference);
  }

  @Test
  void wrappersMayContainThemselves() {
    List<Object> inner = new ArrayList<>();
    List<Object> outer = Collections.unmodifiableList(inner);
    inner.add(outer);
    Map<Object, Object> innerMap = new LinkedHashMap<>();
    Map<Object, Object> outerMap = Collections.synchronizedMap(innerMap);
    innerMap.put("self", outerMap);
    innerMap.put("more", 1);

    List<Object> arrived = roundTrip(outer);
    Map<Object, Object> arrivedMap = roundTrip(outerMap);

    assertThat(arrived.get(0)).isSameAs(arrived);
    assertThat(arrivedMap.get("self")).isSameAs(arrivedMap);
    assertThat(arrivedMap.get("more")).isEqualTo(1);
  }

  @Test
  void aWrapperStaysConnectedToWhatItShows() {
    List<Object> list = new ArrayList<>();
    Node wrapperFirst = roundTrip(node(Collections.unmodifiableList(list), list));
    Node wrapperLast = roundTrip(node(list, Collections.unmodifiableList(list)));
    Object[] array = {"a"};
    Node asList = roundTrip(node(Arrays.asList(array), array));

    list(wrapperFirst.second).add("new");
    list(wrapperLast.first).add("new");
    ((Object[]) asList.second)[0] = "b";

    assertThat(list(wrapperFirst.first)).containsExactly("new");
    assertThat(list(wrapperLast.second)).containsExactly("new");
    assertThat(list(asList.first)).containsExactly("b");
  }

  @Test
  void recordsMayBePartOfACycleThroughFieldsListsArraysAndMaps() {
    Node node = new Node();
    List<Object> list = new ArrayList<>();
    Object[] array = new Object[1];
    Map<Object, Object> map = new ConcurrentHashMap<>();
    Pair pair = new Pair(node, new Object[] {list, array, map});
    node.first = pair;
    list.add("before");
    list.add(pair);
    array[0] = pair;
    map.put("key", pair);

    Pair arrived = roundTrip(pair);

    Object[] parts = (Object[]) arrived.second;
    assertThat(((Node) arrived.first).first).isSameAs(arrived);
    assertThat(list(parts[0]).get(0)).isEqualTo("before");
    assertThat(list(parts[0]).get(1)).isSameAs(arrived);
    assertThat(((Object[]) parts[1])[0]).isSameAs(arrived);
    assertThat(((Map<?, ?>) parts[2]).get("key")).isSameAs(arrived);
  }

  @Test
  void hashedCollectionsFindTheirKeysEvenInACycle() {
    Person ann = new Person("Ann");
    Person bob = new Person("Bob");
    ann.friends.add(bob);
    bob.friends.add(ann);
    bob.friends.add(new Person("Carl"));
    bob.letters.put(ann, "Dear Ann");

    Person arrived = roundTrip(ann);

    Person arrivedBob = arrived.friends.iterator().next();
    assertThat(arrived.friends.contains(new Person("Bob"))).isTrue();
    assertThat(arrivedBob.friends.contains(arrived)).isTrue();
    assertThat(arrivedBob.friends).hasSize(2);
    assertThat(arrivedBob.letters).containsEntry(new Person("Ann"), "Dear Ann");
  }

  static class Parent {
    final Map<String, Object> byName = new HashMap<>();
    final Named named = new Named(byName);
  }

  /** Adds to what it is given, as a constructor may. */
  record Named(Map<String, Object> map) {
    Named {
      map.put("added", 1);
    }
  }

  @Test
  void whatAConstructorAddsToAMapOfChildrenStays() {
    Parent parent = new Parent();
    parent.byName.put("child", node(parent, null));
    parent.byName.remove("added");

    Parent arrived = roundTrip(parent);

    assertThat(arrived.byName).containsOnlyKeys("child", "added");
    assertThat(((Node) arrived.byName.get("child")).first).isSameAs(arrived);
    assertThat(arrived.named.map()).isSameAs(arrived.byName);
  }

  @Test
  void immutableCollectionsFindTheirKeysEvenInACycle() {
    Team team = new Team();
    Member member = new Member("Ann", team);
    team.members = Set.of(member, new Member("Bob", team), new Member("Carl", team));
    team.roles = Map.of(member, "lead", new Member("Bob", team), "dev");

    Team arrived = roundTrip(team);

    assertThat(arrived.members).hasSize(3).contains(new Member("Ann", team));
    assertThat(arrived.roles).hasSize(2).containsEntry(new Member("Ann", team), "lead");
    assertThat(arrived.members).allMatch(m -> m.team == arrived);
  }

  static class Club {
    Set<Object> members = Set.of();
    String name = "Club";
  }

  /** Its hash code depends on who refers to it. */
  record ClubMember(Club club) {
    @Override
    public boolean equals(Object other) {
      return other instanceof ClubMember;
    }

    @Override
    public int hashCode() {
      return club.members.size();
    }
  }

  @Test
  void anImmutableSetThatWouldNotFindItsElementsIsRefused() {
    Club club = new Club();
    club.members = Set.of(new ClubMember(club), 1, 4);
    byte[] bytes = Codecs.CODEC.encode(club, "value");

    assertThatThrownBy(() -> Codecs.CODEC.decode(bytes, 0, bytes.length))
        .isInstanceOf(TaskSerializationException.class)
        .hasMessageContaining("immutable set or map");
  }

  @Test
  void aLambdaMayBePartOfTheObjectItCaptures() throws Exception {
    Job job = new Job();
    job.offset = 4;
    Task root = job.task;

    Job arrivedJob = roundTrip(job);
    Task arrivedTask = roundTrip(root);

    assertThat(arrivedJob.task.get()).isEqualTo(4);
    assertThat(arrivedJob.self).isSameAs(arrivedJob);
    assertThat(arrivedTask.get()).isEqualTo(4);
  }

  @Test
  void objectsThatSerialiseThemselvesKeepTheirCycles() {
    Tree root = new Tree();
    Tree child = root.child();
    child.payload.first = root.payload;
    root.payload.first = root;

    Tree arrived = roundTrip(root);

    Tree arrivedChild = arrived.children.get(0);
    assertThat(arrivedChild.parent).isSameAs(arrived);
    assertThat(arrivedChild.payload.first).isSameAs(arrived.payload);
    assertThat(arrived.payload.first).isSameAs(arrived);
  }

  @Test
  void anObjectIsOneBothInsideAndOutsideOfAJavaSerialisedOne() {
    Node shared = new Node();
    LinkedBlockingQueue<Object> queue = new LinkedBlockingQueue<>();
    queue.add(shared);
    List<Object> list = new ArrayList<>();
    list.add(shared);
    Exception exception = new IllegalStateException("cause", new HoldsNode(shared));

    Object[] arrived = roundTrip(new Object[] {queue, shared, list, exception});

    assertThat(((LinkedBlockingQueue<?>) arrived[0]).peek()).isSameAs(arrived[1]);
    assertThat(list(arrived[2]).get(0)).isSameAs(arrived[1]);
    assertThat(((HoldsNode) ((Exception) arrived[3]).getCause()).node).isSameAs(arrived[1]);
  }

  @SuppressWarnings("serial") // as users do
  static class HoldsNode extends Exception {
    @Serial private static final long serialVersionUID = 1L;
    final Node node;

    HoldsNode(Node node) {
      this.node = node;
    }
  }

  @Test
  void capturedObjectsAreSharedBetweenLambdas() {
    List<Object> captured = new ArrayList<>();
    Task reads = () -> captured.size();
    Task adds = () -> captured.add("x");

    Object[] arrived = roundTrip(new Object[] {reads, adds});
    assertThat(((Task) arrived[1]).get()).isEqualTo(true);
    assertThat(((Task) arrived[0]).get()).isEqualTo(1);
  }

  @Test
  void linkedSetsKeepTheirOrderInACycle() {
    Person ann = new Person("Ann");
    Set<Object> set = new LinkedHashSet<>();
    Object[] holder = {set, ann};
    for (int i = 0; i < 20; i++) {
      Person friend = new Person("P" + (i * 7 % 20));
      friend.friends.add(ann);
      ann.friends.add(friend);
      set.add(friend);
    }

    Object[] arrived = roundTrip(new Object[] {ann, holder});

    Set<?> arrivedSet = (Set<?>) ((Object[]) arrived[1])[0];
    assertThat(arrivedSet.stream().map(p -> ((Person) p).name))
        .containsExactlyElementsOf(set.stream().map(p -> ((Person) p).name).toList());
    assertThat(new TreeSet<>(((Person) arrived[0]).friends.stream().map(p -> p.name).toList()))
        .hasSize(20);
  }

  @SuppressWarnings("unchecked") // the tests know
  private static List<Object> list(Object list) {
    return (List<Object>) list;
  }
}
