package org.earnest.did;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.earnest.core.identity.Did;
import org.earnest.core.identity.DidResolution;
import org.earnest.core.identity.DidResolution.ErrorType;
import org.earnest.core.identity.DidResolver;
import org.earnest.core.identity.ResolutionOptions;

/** Resolves every DID whose method it was given. */
public final class CompositeDidResolver implements DidResolver {
  private final Map<String, DidMethod> methods = new TreeMap<>();

  /**
   * A resolver of these methods.
   *
   * @throws IllegalArgumentException when two of them have one name
   */
  public CompositeDidResolver(Collection<? extends DidMethod> methods) {
    for (DidMethod method : methods) {
      if (this.methods.put(method.name(), method) != null) {
        throw new IllegalArgumentException("did:" + method.name() + " is given twice");
      }
    }
  }

  /** How long an answer for this DID may be remembered. */
  public Lifetime lifetime(Did did) {
    DidMethod method = methods.get(did.method());
    return method == null ? Lifetime.ENDLESS : method.lifetime(did);
  }

  @Override
  public DidResolution resolve(Did did, ResolutionOptions options) {
    DidMethod method = methods.get(did.method());
    if (method == null) {
      return new DidResolution.Refused(
          ErrorType.METHOD_NOT_SUPPORTED,
          "did:" + did.method() + " is not supported here; supported: " + methods.keySet());
    }
    if (options.version().isPresent() && !method.hasVersions()) {
      return new DidResolution.Refused(
          ErrorType.FEATURE_NOT_SUPPORTED,
          "documents of did:" + did.method() + " have no versions here");
    }
    return method.resolve(did, options);
  }
}
