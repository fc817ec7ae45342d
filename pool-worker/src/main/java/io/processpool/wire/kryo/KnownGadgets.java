package io.processpool.wire.kryo;

import java.io.ObjectInputFilter;
import java.io.ObjectInputFilter.Status;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Classes that are known for what can be made to happen when they are deserialised. No result needs
 * them. Exceptions of the same packages are harmless and may be needed, and so they pass, unless
 * they are named themselves.
 */
final class KnownGadgets {
  private static final List<String> CLASSES =
      List.of(
          "bsh.XThis*",
          "bsh.Interpreter",
          "com.sun.rowset.JdbcRowSetImpl",
          "groovy.util.Expando",
          "java.beans.EventHandler",
          "java.rmi.MarshalledObject",
          "java.security.SignedObject",
          "javax.management.BadAttributeValueExpException",
          "javax.management.loading.MLet*",
          "javax.swing.UIDefaults$*",
          "org.apache.batik.swing.JSVGCanvas",
          "org.apache.click.control.Column$*",
          "org.apache.commons.beanutils.BeanComparator",
          "org.apache.commons.beanutils2.BeanComparator",
          "org.apache.commons.collections.comparators.TransformingComparator",
          "org.apache.commons.collections.keyvalue.TiedMapEntry",
          "org.apache.commons.collections.map.DefaultedMap",
          "org.apache.commons.collections.map.LazyMap",
          "org.apache.commons.collections.map.LazySortedMap",
          "org.apache.commons.collections.map.Transformed*",
          "org.apache.commons.collections4.comparators.TransformingComparator",
          "org.apache.commons.collections4.keyvalue.TiedMapEntry",
          "org.apache.commons.collections4.map.DefaultedMap",
          "org.apache.commons.collections4.map.LazyMap",
          "org.apache.commons.collections4.map.LazySortedMap",
          "org.apache.commons.collections4.map.Transformed*",
          "org.apache.commons.configuration.JNDIConfiguration",
          "org.apache.commons.configuration2.JNDIConfiguration",
          "org.apache.wicket.util.upload.DiskFileItem",
          "org.codehaus.groovy.runtime.ComposedClosure",
          "org.codehaus.groovy.runtime.ConversionHandler",
          "org.codehaus.groovy.runtime.ConvertedClosure",
          "org.codehaus.groovy.runtime.ConvertedMap",
          "org.codehaus.groovy.runtime.CurriedClosure",
          "org.codehaus.groovy.runtime.MethodClosure",
          "org.hibernate.engine.TypedValue",
          "org.hibernate.engine.spi.TypedValue",
          "org.hibernate.jmx.StatisticsService",
          "org.springframework.beans.factory.ObjectFactory",
          "org.springframework.beans.factory.config.MethodInvokingFactoryBean",
          "org.springframework.beans.factory.config.ObjectFactoryCreatingFactoryBean*",
          "org.springframework.beans.factory.config.PropertyPathFactoryBean",
          "org.springframework.core.SerializableTypeWrapper$*",
          "org.springframework.transaction.jta.JtaTransactionManager",
          "sun.swing.SwingLazyValue");

  private static final List<String> PACKAGES =
      List.of(
          "clojure.core$*",
          "clojure.inspector.**",
          "clojure.main$*",
          "com.caucho.naming.**",
          "com.mchange.**",
          "com.redhat.ceylon.compiler.java.language.**",
          "com.rometools.rome.feed.impl.**",
          "com.sun.corba.**",
          "com.sun.jndi.**",
          "com.sun.org.apache.bcel.**",
          "com.sun.org.apache.xalan.**",
          "com.sun.org.apache.xpath.**",
          "com.sun.syndication.feed.impl.**",
          "com.vaadin.data.util.**",
          "java.rmi.activation.**",
          "java.rmi.registry.**",
          "java.rmi.server.**",
          "javax.management.remote.rmi.**",
          "javax.script.**",
          "jdk.nashorn.**",
          "net.sf.json.**",
          "ognl.**",
          "org.apache.bcel.**",
          "org.apache.commons.collections.functors.**",
          "org.apache.commons.collections4.functors.**",
          "org.apache.commons.dbcp.**",
          "org.apache.commons.dbcp2.**",
          "org.apache.commons.fileupload.disk.**",
          "org.apache.commons.fileupload2.**",
          "org.apache.myfaces.context.servlet.**",
          "org.apache.myfaces.el.**",
          "org.apache.myfaces.view.facelets.el.**",
          "org.apache.tomcat.dbcp.**",
          "org.apache.xalan.**",
          "org.apache.xbean.naming.**",
          "org.apache.xpath.**",
          "org.aspectj.weaver.**",
          "org.hibernate.property.**",
          "org.hibernate.tuple.**",
          "org.hibernate.type.**",
          "org.jboss.interceptor.**",
          "org.jboss.weld.interceptor.**",
          "org.mozilla.javascript.**",
          "org.python.**",
          "org.springframework.aop.framework.**",
          "org.springframework.aop.support.**",
          "org.springframework.aop.target.**",
          "org.springframework.beans.factory.support.**",
          "org.springframework.jndi.**",
          "scala.sys.process.**",
          "sun.rmi.**");

  private static final ObjectInputFilter BY_CLASS = rejecting(CLASSES);
  private static final ObjectInputFilter BY_PACKAGE = rejecting(PACKAGES);

  private KnownGadgets() {}

  static boolean contain(Class<?> type) {
    Place place = new Place(type);
    return BY_CLASS.checkInput(place) == Status.REJECTED
        || (!Throwable.class.isAssignableFrom(type)
            && BY_PACKAGE.checkInput(place) == Status.REJECTED);
  }

  private static ObjectInputFilter rejecting(List<String> patterns) {
    return ObjectInputFilter.Config.createFilter(
        patterns.stream().map(pattern -> "!" + pattern).collect(Collectors.joining(";")));
  }
}
